/* Every text of the window can be read where it stands, in all surrounds: WCAG 2.1, AA.
 */
#include "cm.h"

#include "frame_probe.h"
#include "viewer/contrast.h"
#include "viewer/params.h"

static const char ERROR[] = "/home/me/film.py:13: ValueError: more than I can take";

static void expect_readable(Rect window)
{
    (void)window;
    assert_true(contrast_expect_texts(&app.ui) > 0);
}

static void in_all_surrounds(void)
{
    for (int i = 0; i < SURROUNDS * CARDS; i++) {
        app.overlay.surround = i % SURROUNDS;
        app.overlay.card = i / SURROUNDS;
        in_all_windows(expect_readable);
    }
    app.overlay.card = CARD_NONE;
}

static void rest_everywhere(void)
{
    static const char *const names[] = {"bar:file",   "bar:zoom",     "modes",
                                        "looks",      "button:Reset", "button:Fit",
                                        "group:Tone", "gain"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        rest_on(names[i], 3);
        expect_readable((Rect){0});
        Rect at = probe_place(&app.ui, names[i]);
        app.ui.in = (UiInput){.x = at.x + 1, .y = at.y + 1, .down = true};
        frame(3);
        expect_readable((Rect){0});
    }
    app.ui.in = (UiInput){.x = -1, .y = -1};
}

static void every_text_can_be_read(void **state)
{
    (void)state;
    open_app(params_grouped());
    show_image();
    app.picture.now.view.width = 100;
    app.picture.now.place = (DrawPlace){0, 0, 9000, 9000};
    app.notice = (Notice){"This is the last image.", 1e300};
    app.times = true;
    in_all_surrounds();
    rest_everywhere();
    wanted_view_toggle(&app.view);
    in_all_surrounds();
    app.overlay.split.kind = SPLIT_BESIDE;
    in_all_surrounds();
    err_set(&app.values.err, ERR_SCRIPT, "%s", ERROR);
    err_set(&app.file.err, ERR_FILE, "%s", ERROR);
    in_all_surrounds();
    err_set(&app.script_load.err, ERR_FILE, "%s", ERROR);
    in_all_surrounds();
    mode_menu_tell(&app.modes, MODE_OPENCL, "there is no device");
    mode_menu_open(&app.modes, MODE_NUMPY, false);
    in_all_windows(expect_readable);
    mode_menu_close(&app.modes);
    help_card_toggle(&app.help);
    in_all_windows(expect_readable);
    close_app();
    open_app(params_mixed());
    in_all_windows(expect_readable);
    close_app();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
