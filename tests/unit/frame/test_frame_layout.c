/* The whole window, laid out without a display, at three scales and in several sizes.
 */
#include "cm.h"

#include "frame_probe.h"
#include "viewer/params.h"
#include "viewer/widget/widget.h"

static int cuts(void)
{
    return probe_count_of(&app.ui, DRAW_NOTE, "cut ");
}

static void expect_a_plain_window(Rect window)
{
    layout_expect_apart(&app.ui, DRAW_TEXT, 0);
    layout_expect_apart(&app.ui, DRAW_PLACE, 0);
    Rect room = probe_place(&app.ui, "room"),
         help = probe_place(&app.ui, "button:Help");
    assert_true(room.x == 0 && room.y == 0 && room.w >= window.w / 2);
    assert_true(help.y + help.h < room.y + room.h);
    assert_non_null(probe_find(&app.ui, DRAW_TEXT, "parallel")); /* the mode */
}

static void nothing_overlaps_and_nothing_is_outside(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    in_all_windows(expect_a_plain_window);
    close_app();
}

static void expect_no_cut(Rect window)
{
    (void)window;
    assert_int_equal(cuts(), 0);
}

static void texts_of_usual_length_are_whole(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    in_all_windows(expect_no_cut);
    close_app();
}

static void expect_only_long_names_cut(Rect window)
{
    expect_a_plain_window(window);
    int names = probe_count_of(&app.ui, DRAW_NOTE, "cut a_rather_long_name");
    int values = probe_count_of(&app.ui, DRAW_NOTE, "cut +12345.5 parts of it");
    assert_int_equal(cuts(), names + values);
    assert_true(values <= names); /* the label gives way first */
}

static void a_long_label_ends_before_its_value(void **state)
{
    (void)state;
    open_app(params_mixed());
    show_image();
    in_all_windows(expect_only_long_names_cut);
    close_app();
}

static void expect_no_parameters(Rect window)
{
    expect_a_plain_window(window);
    assert_true(probe_count_of(&app.ui, DRAW_TEXT, "This script has") > 0);
    assert_null(probe_find(&app.ui, DRAW_TEXT, "Reset"));
}

static void a_script_without_parameters_says_so(void **state)
{
    (void)state;
    open_app(params_many(0));
    in_all_windows(expect_no_parameters);
    close_app();
}

static bool is_off(const char *button)
{
    const DrawCommand *text = probe_find(&app.ui, DRAW_TEXT, button);
    return memcmp(&text->color, &THEME_OFF, sizeof text->color) == 0;
}

static void without_a_picture_its_buttons_are_off(void **state)
{
    (void)state;
    open_app(params_many(2));
    scale = 1;
    frame(2);
    assert_false(is_off("Save") || is_off("Before") || is_off("Open"));
    app.files.count = app.files.at = 0;
    frame(2);
    assert_true(is_off("Save") && is_off("Before") && !is_off("Open"));
    close_app();
}

/* A screen can be smaller than the least window. */
static void in_a_tiny_window_half_is_the_pictures(void **state)
{
    (void)state;
    open_app(params_mixed());
    show_image();
    for (size_t s = 0; s < sizeof SCALES / sizeof *SCALES; s++) {
        scale = SCALES[s];
        for (int size = 1; size <= 300; size += 23) {
            frame_in((Rect){0, 0, size, size});
            assert_true(2 * probe_place(&app.ui, "room").w >= size - 2 * scale);
        }
    }
    close_app();
}

/* The help. */

static void expect_a_help_card(Rect window)
{
    Rect card = probe_place(&app.ui, "help");
    assert_true(layout_is_inside(card, window));
    int first = 0; /* of its texts */
    while (strcmp(probe_text(&app.ui, &app.ui.list.commands[first]), "Files") != 0)
        first++;
    layout_expect_apart(&app.ui, DRAW_TEXT, first);
    for (int i = first; i < app.ui.list.count; i++) {
        const DrawCommand *command = &app.ui.list.commands[i];
        if (command->kind == DRAW_TEXT)
            assert_true(layout_is_inside(layout_seen(command), card));
    }
    assert_int_equal(cuts(), 0);
}

static void the_help_card_is_inside_and_whole(void **state)
{
    (void)state;
    open_app(params_many(2));
    help_card_toggle(&app.help);
    in_all_windows(expect_a_help_card);
    close_app();
}

/* The heading of the first column and the first line of the second. */
static void the_columns_of_the_help_begin_at_one_height(void **state)
{
    (void)state;
    open_app(params_many(2));
    help_card_toggle(&app.help);
    scale = 1;
    frame_in((Rect){0, 0, 1440, 900});
    const DrawCommand *commands = app.ui.list.commands;
    int tops = 0, top = probe_place(&app.ui, "help").y + 16;
    for (int i = 0; i < app.ui.list.count; i++)
        tops += commands[i].kind == DRAW_TEXT && commands[i].rect.y == top;
    assert_true(tops >= 3); /* a heading, and a key with its text */
    close_app();
}

/* On a laptop, whose window it covers; on a large screen, where two columns would
 * divide a section; in a window in which it is scrolled. */
static void a_column_of_the_help_begins_with_a_heading(void **state)
{
    static const struct {
        Rect window;
        const char *headings[3]; /* NULL: there are two columns */
    } cards[] = {{{0, 0, 1440, 900}, {"Files", "Parameters", "Looks"}},
                 {{0, 0, 1920, 1040}, {"Files", "Parameters", "Looks"}},
                 {{0, 0, 800, 600}, {"Files", "Curves"}}};
    (void)state;
    open_app(params_many(2));
    help_card_toggle(&app.help);
    scale = 1;
    for (int i = 0; i < 3; i++) {
        frame_in(cards[i].window);
        int top = probe_place(&app.ui, "help").y + 16;
        for (int k = 0; k < 3 && cards[i].headings[k]; k++)
            assert_int_equal(
                probe_find(&app.ui, DRAW_TEXT, cards[i].headings[k])->rect.y, top);
    }
    close_app();
}

static bool is_seen(const char *text)
{
    const DrawCommand *command = probe_find(&app.ui, DRAW_TEXT, text);
    Rect seen = command ? layout_seen(command) : (Rect){0};
    return command && memcmp(&seen, &command->rect, sizeof seen) == 0;
}

static void a_help_card_that_is_too_long_is_scrolled(void **state)
{
    (void)state;
    open_app(params_many(2));
    help_card_toggle(&app.help);
    scale = 1;
    frame(0);
    assert_true(is_seen("Files") && !is_seen("quit"));
    assert_true(help_card_key(&app.help, SDLK_END));
    frame(0);
    assert_true(!is_seen("Files") && is_seen("quit"));
    int end = app.help.scroll;
    app.ui.in.wheel = 1;
    frame(0);
    assert_true(app.help.scroll < end);
    help_card_key(&app.help, SDLK_HOME);
    frame(0);
    assert_true(is_seen("Files"));
    frame_in((Rect){0, 0, 1900, 1000}); /* all of it, in columns */
    assert_true(is_seen("Files") && is_seen("quit"));
    close_app();
}

/* Errors. */

static const char LONG_ERROR[] =
    "/home/me/scripts/film.py:13: ValueError: more than I can take, and that is a "
    "rather long story with /many/words.and-such in it, with tint=none, strength=0.125";

static void expect_an_error_box(Rect window)
{
    expect_a_plain_window(window);
    Rect box = probe_place(&app.ui, "error");
    Rect reset = {box.x, 0, box.w, (int)(PT_HEADER * scale)};
    assert_true(rect_is_empty(rect_common(box, reset)));
    /* In the lowest windows the text takes the heading's place. */
    assert_true(probe_find(&app.ui, DRAW_TEXT, "Script error") ||
                window.h < 600 * scale);
    assert_int_equal(probe_count_of(&app.ui, DRAW_TEXT, "film.py:13: Value"), 1);
}

static void a_script_error_has_its_box(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    err_set(&app.values.err, ERR_SCRIPT, "%s", LONG_ERROR);
    in_all_windows(expect_an_error_box);
    scale = 1;
    frame(3); /* there is room for all of it, without the folder */
    assert_int_equal(probe_count_of(&app.ui, DRAW_TEXT, "film.py:13: ValueError"), 1);
    close_app();
}

/* The status bar. */

static void expect_the_facts(Rect window)
{
    const char *name = "status a-name-of-usual-length.jpg";
    assert_true(probe_find(&app.ui, DRAW_NOTE, name) || window.w < 600 * scale);
    assert_non_null(probe_find(&app.ui, DRAW_NOTE, "status 4272 × 2848"));
}

static void expect_a_notice(Rect window)
{
    expect_a_plain_window(window);
    expect_the_facts(window);
    assert_int_equal(probe_count_of(&app.ui, DRAW_TEXT, "This is the last image."), 1);
}

static void a_notice_leaves_the_facts(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    app.notice = (Notice){"This is the last image.", 1e300};
    in_all_windows(expect_a_notice);
    close_app();
}

/* Also where half a second has passed while a frame without it was drawn. */
static void a_note_is_due_until_it_is_there(void **state)
{
    (void)state;
    open_app(params_grouped());
    show_image();
    scale = 1;
    frame(3);
    Rect at = probe_place(&app.ui, "gain");
    app.ui.in.x = at.x + 1;
    app.ui.in.y = at.y + 1;
    app.tip.rest_ms = 1e12;
    frame(3);
    assert_true(tip_due(&app.tip, 1e12 + 100) == 1e12 + 500);
    assert_true(tip_due(&app.tip, 1e12 + 600) > 1e12 + 600);
    app.tip.rest_ms = -1e9;
    frame(3);
    assert_true(tip_due(&app.tip, 0) == 0);
    tip_stir(&app.tip, 0);
    assert_true(tip_due(&app.tip, 0) == 0);
    app.ui.in = (UiInput){.x = -1, .y = -1};
    close_app();
}

static void a_parameter_s_help_leaves_the_facts(void **state)
{
    (void)state;
    open_app(params_grouped());
    show_image();
    for (size_t s = 0; s < sizeof SCALES / sizeof *SCALES; s++) {
        scale = SCALES[s];
        rest_on("gain", 3);
        assert_int_equal(
            probe_count_of(&app.ui, DRAW_NOTE, "tip Brightens the whole picture."), 1);
        expect_the_facts((Rect){0});
    }
    close_app();
}

/* Every field and button has a note, inside the window and not over what it is of; a
 * row's is beside the panel. */
static void all_that_can_be_pressed_has_a_note(void **state)
{
    (void)state;
    static const char *const names[] = {
        "bar:file",        "bar:place",   "bar:size",    "bar:zoom",
        "bar:profile",     "modes",       "looks",       "button:Reset",
        "button:Previous", "button:Next", "button:Fit",  "button:100%",
        "button:Before",   "button:Open", "button:Save", "button:Copy",
        "button:Help",     "group:Tone",  "gain",        "tones"};
    open_app(params_grouped());
    show_image();
    snprintf(app.shown.file.profile, sizeof app.shown.file.profile, "Adobe RGB (1998)");
    for (size_t s = 0; s < 2 * (sizeof SCALES / sizeof *SCALES); s++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            scale = SCALES[s / 2];
            app.panel.left = s % 2;
            rest_on(names[i], 3);
            Rect of = probe_place(&app.ui, names[i]), tip = probe_place(&app.ui, "tip");
            assert_true(layout_is_inside(tip, app.ui.window));
            assert_true(rect_is_empty(rect_common(tip, of)));
            Rect looks = probe_place(&app.ui, "looks");
            bool beside =
                rect_max(looks.x - tip.x - tip.w, tip.x - looks.x - looks.w) > 0;
            assert_true(beside || strcmp(names[i], "gain") != 0);
        }
    close_app();
}

/* Where the mouse was on a row before the panel was hidden. */
static void a_hidden_panel_has_no_note(void **state)
{
    (void)state;
    open_app(params_grouped());
    show_image();
    scale = 1;
    Rect window = frame(3), row = probe_place(&app.ui, "gain");
    app.ui.in = (UiInput){.x = row.x + 1, .y = row.y + 1};
    app.tip.rest_ms = -1e9;
    frame(3);
    assert_non_null(probe_find(&app.ui, DRAW_PLACE, "tip"));
    chrome_toggle(&app.chrome);
    app.ui.in = (UiInput){.x = window.w / 3, .y = window.h / 3, .moved = true};
    frame(3);
    assert_null(probe_find(&app.ui, DRAW_PLACE, "tip"));
    assert_int_equal(app.panel.hover, -1);
    app.ui.in = (UiInput){.x = -1, .y = -1};
    close_app();
}

/* The line of the split view may be as high as the window. */
static void a_note_beside_a_high_place_is_inside(void **state)
{
    (void)state;
    TipLines lines = {"Before and after", "Drag the line.", "Key: y."};
    open_app(params_many(0));
    scale = 1;
    Rect window = frame(1), line = {window.w / 3, 4, 8, window.h - 8};
    for (int i = 0; i < 3; i++, line.x += window.w / 3 - 2) {
        ui_begin(&app.ui, window, true);
        tip_draw(&app.ui, window, line, &lines);
        Rect tip = probe_place(&app.ui, "tip");
        assert_true(layout_is_inside(tip, window));
        assert_true(rect_is_empty(rect_common(tip, line)));
    }
    close_app();
}

static void a_long_name_is_cut_in_its_middle(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    paths[1] = "photos/a-session-with-a-name-of-more-than-usual-length-0042.jpg";
    scale = 1;
    frame(0);
    assert_int_equal(probe_count_of(&app.ui, DRAW_NOTE, "status a-sess"), 1);
    const char *name =
        probe_text(&app.ui, probe_find(&app.ui, DRAW_PLACE, "bar:file") - 1);
    assert_non_null(strstr(name, "…"));
    assert_string_equal(name + strlen(name) - strlen("-0042.jpg"), "-0042.jpg");
    rest_on("bar:file", 0);
    assert_int_equal(probe_count_of(&app.ui, DRAW_NOTE,
                                    "tip A-session-with-a-name-of-more-than-usual"),
                     0);
    assert_int_equal(probe_count_of(&app.ui, DRAW_NOTE,
                                    "tip a-session-with-a-name-of-more-than-usual"),
                     1);
    paths[1] = "photos/a-name-of-usual-length.jpg";
    close_app();
}

static void times_are_for_those_who_want_them(void **state)
{
    (void)state;
    open_app(params_many(2));
    show_image();
    scale = 1;
    frame(4);
    assert_int_equal(probe_count_of(&app.ui, DRAW_NOTE, "status numpy"), 0);
    app.times = true;
    in_all_windows(expect_the_facts);
    scale = 1;
    frame(4);
    assert_non_null(probe_find(&app.ui, DRAW_NOTE,
                               "status numpy, 0.56 MP: Processed in 20 ms "
                               "(Rendered in 49 ms)"));
    assert_non_null(probe_find(&app.ui, DRAW_NOTE, "status parallel took 0.43 ms"));
    frame(0);
    assert_int_equal(probe_count_of(&app.ui, DRAW_NOTE, "status parallel took"), 0);
    close_app();
}

/* Its row and all of its square, in the least window, too. */
static void expect_a_whole_curve(Rect window)
{
    (void)window;
    Rect before = probe_place(&app.ui, "tones");
    assert_true(before.w == before.h && before.w >= 60 * scale);
    const DrawCommand *place = probe_find(&app.ui, DRAW_PLACE, "tones");
    Rect seen = layout_seen(place);
    assert_true(memcmp(&seen, &place->rect, sizeof seen) == 0);
}

static void a_curve_is_seen_whole(void **state)
{
    (void)state;
    open_app(params_grouped());
    show_image();
    while (strcmp(app.panel.set->params[app.panel.focus].name, "tones") != 0)
        app.panel.focus++;
    for (size_t s = 0; s < sizeof SCALES / sizeof *SCALES; s++)
        for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
            scale = SCALES[s];
            app.panel.reveal = true;
            expect_a_whole_curve(frame(i));
        }
    close_app();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_and_nothing_is_outside),
        cmocka_unit_test(texts_of_usual_length_are_whole),
        cmocka_unit_test(a_long_label_ends_before_its_value),
        cmocka_unit_test(a_script_without_parameters_says_so),
        cmocka_unit_test(without_a_picture_its_buttons_are_off),
        cmocka_unit_test(in_a_tiny_window_half_is_the_pictures),
        cmocka_unit_test(the_help_card_is_inside_and_whole),
        cmocka_unit_test(the_columns_of_the_help_begin_at_one_height),
        cmocka_unit_test(a_column_of_the_help_begins_with_a_heading),
        cmocka_unit_test(a_help_card_that_is_too_long_is_scrolled),
        cmocka_unit_test(a_script_error_has_its_box),
        cmocka_unit_test(a_notice_leaves_the_facts),
        cmocka_unit_test(a_note_is_due_until_it_is_there),
        cmocka_unit_test(a_parameter_s_help_leaves_the_facts),
        cmocka_unit_test(all_that_can_be_pressed_has_a_note),
        cmocka_unit_test(a_hidden_panel_has_no_note),
        cmocka_unit_test(a_note_beside_a_high_place_is_inside),
        cmocka_unit_test(a_long_name_is_cut_in_its_middle),
        cmocka_unit_test(times_are_for_those_who_want_them),
        cmocka_unit_test(a_curve_is_seen_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
