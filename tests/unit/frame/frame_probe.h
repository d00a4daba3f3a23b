/* frame_probe — the whole window, laid out without a display: one App, at three scales
 * and in several sizes.
 *
 * Threads: the thread that runs the test only.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_FRAME_FRAME_PROBE_H
#define LUTIST_TESTS_UNIT_FRAME_FRAME_PROBE_H

#include "test_image.h"
#include "viewer/action/action_table.h"
#include "viewer/action/actions.h"
#include "viewer/app/frame.h"
#include "viewer/layout.h"

static const double SCALES[] = {1, 2, 3};
/* Points, from the least that the window asks for on. */
static const struct {
    int width, height;
} SIZES[] = {{480, 320}, {640, 480}, {480, 2600}, {1280, 800}, {2000, 400}};

static App app;
static double scale;
static char *paths[] = {"photos/first.jpg", "photos/a-name-of-usual-length.jpg",
                        "photos/last.jpg"};

static inline void open_app(ParamSet *set)
{
    static char home[] = "/home/me";
    app = (App){.name = "exposure",
                .files = {.paths = paths, .count = 3, .at = 1},
                .save = {.folder = home}};
    app.values.serial = app.shown.serial = 1;
    bindings_init(&app.keys.bindings, action_table());
    app.keys.lines = key_list_lines(&app.keys.bindings);
    mode_menu_init(&app.modes);
    menu_close(&app.picture_menu);
    picture_area_init(&app.picture);
    panel_init(&app.panel, set, param_defaults(set));
    param_set_unref(&set);
}

static inline void close_app(void)
{
    pyramid_unref(&app.pyramid);
    key_list_free(app.keys.lines);
    bindings_term(&app.keys.bindings);
    panel_term(&app.panel);
    ui_term(&app.ui);
}

/* An image of 4272 × 2848 is there, and its times. */
static inline void show_image(void)
{
    Err err;
    Image *image = image_new((ImageInfo){4272, 2848, 1, 8}, &err);
    assert_non_null(image);
    app.pyramid = pyramid_new(image);
    picture_area_set_image(&app.picture, 1, image->info, 0);
    app.shown.file.info = image->info;
    image_unref(&image);
    app.shown.now = (Timing){true, MODE_NUMPY, false, 0.56, 20, 49};
    app.shown.earlier = (Timing){true, MODE_PARALLEL, false, 0.56, 0.43, 12};
}

/* One frame, at `scale`. */
static inline void frame_in(Rect window)
{
    app.ui.measure = probe_measure(&scale);
    app.ui.scale = scale;
    frame_pass(&app, window, true);
}

/* One frame in a window of SIZES, which is returned. */
static inline Rect frame(size_t size)
{
    Rect window = {0, 0, (int)(SIZES[size].width * scale),
                   (int)(SIZES[size].height * scale)};
    frame_in(window);
    return window;
}

/* `check` at every scale, in every size. */
static inline void in_all_windows(void (*check)(Rect window))
{
    for (size_t s = 0; s < sizeof SCALES / sizeof *SCALES; s++)
        for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
            scale = SCALES[s];
            Rect window = frame(i);
            layout_expect_inside(&app.ui, window);
            check(window);
        }
}

/* The mouse at a place of the frame in a window of SIZES, long enough for a note. */
static inline void rest_on(const char *name, size_t size)
{
    app.ui.in = (UiInput){.x = -1, .y = -1};
    frame(size);
    Rect at = probe_place(&app.ui, name);
    app.ui.in.x = at.x + at.w / 2;
    app.ui.in.y = at.y + at.h / 2;
    app.tip.rest_ms = -1e9;
    frame(size);
    app.ui.in = (UiInput){.x = -1, .y = -1};
}

#endif
