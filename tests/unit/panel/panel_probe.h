/* panel_probe — a panel without a screen, and a mouse for it.
 *
 * Threads: the thread that runs the test only.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_PANEL_PANEL_PROBE_H
#define LUTIST_TESTS_UNIT_PANEL_PANEL_PROBE_H

#include "viewer/layout.h"
#include "viewer/panel/panel_view.h"

/* Below the headers, whose arguments have the same names. */
static const double PROBE_SCALES[] = {1, 2, 3};

static Ui ui;
static Panel panel;
static double scale;
static Rect area, window;

static inline void panel_probe_open(ParamSet *set, double at_scale, int width,
                                    int height)
{
    scale = at_scale;
    window = (Rect){0, 0, (int)(width * scale), (int)(height * scale)};
    area = rect_inset(window, ui_px(&(Ui){.scale = scale}, 20));
    probe_init(&ui, &scale);
    panel_init(&panel, set, param_defaults(set));
    param_set_unref(&set);
}

static inline void panel_probe_close(void)
{
    panel_term(&panel);
    ui_term(&ui);
}

/* One pass with the input as it stands. */
static inline void panel_probe_pass(void)
{
    ui_begin(&ui, window, true);
    ui.blocked = panel_is_covered(&panel);
    panel_view_rows(&panel, &ui, area);
    ui.blocked = false;
    panel_view_above(&panel, &ui, area);
    ui_end(&ui);
}

/* The mouse, at parts of the width and the height of a place. */
static inline void panel_probe_point_at(const char *name, double across)
{
    Rect rect = probe_place(&ui, name);
    ui.in.x = rect.x + (int)(rect.w * across);
    ui.in.y = rect.y + rect.h / 2;
}

static inline void panel_probe_press(bool down, int clicks)
{
    ui.in.down = ui.in.pressed = down;
    ui.in.released = !down;
    ui.in.clicks = clicks;
    panel_probe_pass();
}

static inline void panel_probe_click(const char *name, double across, int clicks)
{
    panel_probe_point_at(name, across);
    panel_probe_press(true, clicks);
    panel_probe_press(false, clicks);
    panel_probe_pass();
}

#endif
