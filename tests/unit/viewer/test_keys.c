/* The table of actions, and which key does what. */
#include "cm.h"

#include <string.h>

#include "base/mem.h"
#include "viewer/action/action_table.h"
#include "viewer/keys/bindings.h"
#include "viewer/keys/key_list.h"

static Bindings bindings;

static int setup(void **state)
{
    (void)state;
    bindings_init(&bindings, action_table());
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    bindings_term(&bindings);
    return 0;
}

/* The name of the action of a key; "": none. */
static const char *action(SDL_Keycode key, unsigned modifiers)
{
    bool coarse;
    const Binding *found = bindings_find(&bindings, stroke_of(key, modifiers), &coarse);
    return found ? bindings.table.rows[found->row].name : "";
}

static void modifiers_tell_keys_apart(void **state)
{
    (void)state;
    assert_string_equal(action(SDLK_q, 0), "quit");
    assert_string_equal(action(SDLK_q, KMOD_LCTRL), "quit");
    assert_string_equal(action(SDLK_q, KMOD_LALT), "");
    assert_string_equal(action(SDLK_q, KMOD_LSHIFT), "");
    assert_string_equal(action(SDLK_w, 0), "whole");
    assert_string_equal(action(SDLK_w, KMOD_RCTRL), "quit");
    assert_string_equal(action(SDLK_TAB, 0), "focus-down");
    assert_string_equal(action(SDLK_TAB, KMOD_RSHIFT), "focus-up");
    assert_string_equal(action(SDLK_BACKSPACE, KMOD_LSHIFT), "reset-all");
    assert_string_equal(action(SDLK_LEFT, KMOD_LSHIFT), "less");
    assert_string_equal(action(SDLK_LEFT, KMOD_LALT), "pan");
}

static void a_shift_that_is_not_bound_makes_steps_coarse(void **state)
{
    (void)state;
    bool coarse;
    bindings_find(&bindings, stroke_of(SDLK_LEFT, KMOD_LSHIFT), &coarse);
    assert_true(coarse);
    bindings_find(&bindings, stroke_of(SDLK_LEFT, 0), &coarse);
    assert_false(coarse);
    bindings_find(&bindings, stroke_of(SDLK_BACKSPACE, KMOD_LSHIFT), &coarse);
    assert_false(coarse);
}

static void lock_keys_change_nothing(void **state)
{
    (void)state;
    assert_string_equal(action(SDLK_q, KMOD_NUM | KMOD_CAPS), "quit");
}

static void signs_are_found_on_other_layouts(void **state)
{
    (void)state;
    assert_string_equal(action(SDLK_PLUS, 0), "zoom-in");
    assert_string_equal(action(SDLK_EQUALS, 0), "zoom-in");
    assert_string_equal(action(SDLK_EQUALS, KMOD_LSHIFT), "zoom-in");
    assert_string_equal(action(SDLK_PLUS, KMOD_LSHIFT | KMOD_LCTRL), "zoom-in");
    assert_string_equal(action(SDLK_EQUALS, KMOD_LSHIFT | KMOD_LCTRL), "zoom-in");
    assert_string_equal(action(SDLK_SLASH, KMOD_LSHIFT), "help");
    assert_string_equal(action(SDLK_QUESTION, 0), "help");
    assert_string_equal(action(0xdf, KMOD_LSHIFT), "help");
    assert_string_equal(action(SDLK_SLASH, 0), "");
}

static void every_key_has_one_action(void **state)
{
    (void)state;
    for (int i = 0; i < bindings.count; i++) {
        char text[STROKE_TEXT];
        if (bindings_is_hidden_by_other(&bindings, i))
            fail_msg("%s is bound twice", stroke_text(bindings.list[i].stroke, text));
    }
    assert_true(bindings.count > 60);
}

static void every_binding_has_the_arguments_it_needs(void **state)
{
    (void)state;
    for (int i = 0; i < bindings.count; i++) {
        Err err = {0};
        const Binding *binding = &bindings.list[i];
        if (!action_row_check(&bindings.table.rows[binding->row], binding->argument,
                              &err))
            fail_msg("%s", err.text);
    }
}

static void every_row_has_a_help(void **state)
{
    (void)state;
    for (int i = 0; i < bindings.table.count; i++) {
        const ActionRow *row = &bindings.table.rows[i];
        assert_true(row->help && *row->help && row->keys);
        assert_true((row->name != NULL) == (row->act != NULL));
        if (row->name) /* the first of this name */
            assert_int_equal(
                action_row_find(bindings.table, row->name, strlen(row->name)), i);
    }
}

static void strokes_are_written_as_they_are_read(void **state)
{
    (void)state;
    static const char *const texts[][3] = {
        {"q", "q", "q"},
        {"Q", "Shift+q", "Shift+Q"},
        {"ctrl+shift+C", "Ctrl+Shift+c", "Ctrl+Shift+C"},
        {"Shift+Alt+left", "Alt+Shift+LEFT", "Alt+Shift+←"},
        {"+", "+", "+"},
        {"Ctrl++", "Ctrl++", "Ctrl++"},
        {"Alt+1", "Alt+1", "Alt+1"},
        {"Alt", "ALT", "Alt"},
        {"#", "SHARP", "#"},
        {"ß", "ß", "ß"},
        {"Ä", "Shift+ä", "Shift+ä"},
        {"€", "€", "€"},
        {"wheel_up", "WHEEL_UP", "Wheel up"},
        {"PGDN", "PGDWN", "Page Down"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Stroke stroke, again;
        Err err = {0};
        char out[STROKE_TEXT];
        assert_true(stroke_parse(texts[i][0], strlen(texts[i][0]), &stroke, &err));
        assert_string_equal(stroke_text(stroke, out), texts[i][1]);
        assert_true(stroke_parse(out, strlen(out), &again, &err));
        assert_true(stroke_is(stroke, again));
        assert_string_equal(stroke_label(stroke, out), texts[i][2]);
    }
}

static void what_is_no_key_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "Ctrl+",
                                      "F25",
                                      "qq",
                                      "\xff",
                                      "\xc3",
                                      "\x01",
                                      "Ctrl+Shift+",
                                      "+Ctrl",
                                      "\xc3\xa4\xc3\xa4",
                                      "\xf8\x88\x80\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Stroke stroke = {7, 7};
        Err err = {0};
        assert_false(stroke_parse(bad[i], strlen(bad[i]), &stroke, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_int_equal(stroke.key, 7);
    }
}

static void the_users_bindings_come_first(void **state)
{
    (void)state;
    int help = action_row_find(bindings.table, "help", 4);
    bindings_add(&bindings, (Stroke){SDLK_q, 0}, help, "");
    assert_string_equal(action(SDLK_q, 0), "help");
    bindings_add(&bindings, (Stroke){SDLK_q, 0}, BINDING_IGNORE, "");
    assert_string_equal(action(SDLK_q, 0), "");
    char *labels =
        bindings_labels(&bindings, action_row_find(bindings.table, "quit", 4));
    assert_string_equal(labels, ""); /* the rest is for other habits */
    mem_free(labels);
}

static void the_lines_of_the_help_have_texts(void **state)
{
    (void)state;
    KeyLine *lines = key_list_lines(&bindings);
    int headings = 0, others = 0;
    for (const KeyLine *line = lines; line->text; line++) {
        headings += !line->key;
        others += line->key != NULL;
        assert_true(*line->text && (!line->key || *line->key));
    }
    assert_int_equal(headings, ACTION_GROUPS);
    assert_true(others > 40);
    key_list_free(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(modifiers_tell_keys_apart, setup, teardown),
        cmocka_unit_test_setup_teardown(a_shift_that_is_not_bound_makes_steps_coarse,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(lock_keys_change_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(signs_are_found_on_other_layouts, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(every_key_has_one_action, setup, teardown),
        cmocka_unit_test_setup_teardown(every_binding_has_the_arguments_it_needs, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(every_row_has_a_help, setup, teardown),
        cmocka_unit_test(strokes_are_written_as_they_are_read),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test_setup_teardown(the_users_bindings_come_first, setup, teardown),
        cmocka_unit_test_setup_teardown(the_lines_of_the_help_have_texts, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
