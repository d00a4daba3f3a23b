/* A notice, and what it must not cover. */
#include "cm.h"

#include "frame_probe.h"
#include "viewer/params.h"

static Notice last_image(void)
{
    return (Notice){"This is the last image.", 1e300};
}

static Rect notice_place(void)
{
    return probe_find(&app.ui, DRAW_TEXT, last_image().text)->rect;
}

static bool are_apart(Rect a, Rect b)
{
    return rect_is_empty(rect_common(a, b));
}

/* The text at the split view's divider; the message is above it if it must be. */
static void expect_labels(Rect window)
{
    Rect toast = notice_place();
    for (int i = 0; i < app.ui.told.count; i++)
        assert_true(are_apart(toast, app.ui.told.list[i]));
    assert_true(layout_is_inside(toast, probe_place(&app.ui, "room")));
    assert_true(app.ui.told.count > 0); /* before, after, as far as they are whole */
    layout_expect_apart(&app.ui, DRAW_TEXT, 0);
    (void)window;
}

static void a_notice_covers_no_label(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    app.picture.now.view = app.picture.before.view =
        (View){.image = 1, .width = 4272, .height = 2848};
    app.notice = last_image();
    for (int at = 10; at < 100; at += 10) {
        app.overlay.split = (Split){SPLIT_BESIDE, at / 100.0};
        in_all_windows(expect_labels);
        app.overlay.split.kind = SPLIT_ABOVE;
        in_all_windows(expect_labels);
    }
    close_app();
}

static void expect_the_failure(Rect window)
{
    (void)window;
    assert_true(are_apart(notice_place(), probe_place(&app.ui, "script-failure")));
}

static void a_notice_is_above_the_script_s_failure(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    app.notice = last_image();
    err_set(&app.script_load.err, ERR_SCRIPT, "film.py:3: a mistake");
    in_all_windows(expect_the_failure);
    close_app();
}

static void expect_called_parts(Rect window)
{
    Rect toast = notice_place(), card = probe_place(&app.ui, "card"),
         panel = probe_place(&app.ui, "button:Help");
    Rect help = {panel.x - window.w / 8, panel.y, panel.w + window.w / 8, panel.h};
    assert_true(are_apart(toast, help));
    assert_true(are_apart(toast, probe_place(&app.ui, "bar:zoom")));
    assert_true(are_apart(toast, card));
    assert_true(are_apart(card, probe_place(&app.ui, "looks")));
}

/* In a window without panel and bar, when the mouse has called both. */
static void what_is_called_covers_neither_notice_nor_card(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    chrome_toggle(&app.chrome);
    app.overlay.card = CARD_HISTOGRAM;
    app.notice = last_image();
    scale = 1;
    for (int left = 0; left < 2; left++) {
        app.panel.left = left;
        frame_in((Rect){0, 0, 1280, 800});
        app.ui.in = (UiInput){.x = left ? 0 : 1279, .y = 799, .moved = true};
        frame_in((Rect){0, 0, 1280, 800});
        expect_called_parts((Rect){0, 0, 1280, 800});
        app.ui.in = (UiInput){.x = -1, .y = -1};
    }
    close_app();
}

/* The reason, behind the path of the file that it is about. */
static void a_notice_shows_what_is_behind_a_long_name(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    app.notice.until_ms = 1e300;
    char name[301] = "";
    memset(name, 'n', sizeof name - 1);
    snprintf(app.notice.text, sizeof app.notice.text,
             "The picture was not saved: /a/%s.png: File name too long", name);
    scale = 1;
    frame(3);
    assert_int_equal(probe_count_of(&app.ui, DRAW_TEXT, "File name too long"), 1);
    close_app();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_covers_no_label),
        cmocka_unit_test(a_notice_is_above_the_script_s_failure),
        cmocka_unit_test(what_is_called_covers_neither_notice_nor_card),
        cmocka_unit_test(a_notice_shows_what_is_behind_a_long_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
