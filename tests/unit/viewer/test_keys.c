/* The keyboard's bindings. */
#include "cm.h"

#include "viewer/app/keys.h"

static Action action(SDL_Keycode key, int modifiers)
{
    return keys_action((SDL_Keysym){.sym = key, .mod = (Uint16)modifiers});
}

static void modifiers_tell_keys_apart(void **state)
{
    (void)state;
    assert_int_equal(action(SDLK_q, 0), ACTION_QUIT);
    assert_int_equal(action(SDLK_q, KMOD_LCTRL), ACTION_QUIT);
    assert_int_equal(action(SDLK_q, KMOD_LALT), ACTION_NONE);
    assert_int_equal(action(SDLK_q, KMOD_LSHIFT), ACTION_NONE);
    assert_int_equal(action(SDLK_w, 0), ACTION_WHOLE);
    assert_int_equal(action(SDLK_w, KMOD_RCTRL), ACTION_QUIT);
    assert_int_equal(action(SDLK_TAB, 0), ACTION_FOCUS_DOWN);
    assert_int_equal(action(SDLK_TAB, KMOD_RSHIFT), ACTION_FOCUS_UP);
    assert_int_equal(action(SDLK_LEFT, KMOD_LSHIFT), ACTION_LESS);
    assert_int_equal(action(SDLK_LEFT, KMOD_LCTRL), ACTION_NONE);
}

static void lock_keys_change_nothing(void **state)
{
    (void)state;
    assert_int_equal(action(SDLK_q, KMOD_NUM | KMOD_CAPS), ACTION_QUIT);
}

static void signs_are_found_on_other_layouts(void **state)
{
    (void)state;
    assert_int_equal(action(SDLK_PLUS, 0), ACTION_CLOSER);
    assert_int_equal(action(SDLK_EQUALS, KMOD_LSHIFT), ACTION_CLOSER);
    assert_int_equal(action(SDLK_PLUS, KMOD_LSHIFT | KMOD_LCTRL), ACTION_CLOSER);
    assert_int_equal(action(SDLK_SLASH, KMOD_LSHIFT), ACTION_HELP);
    assert_int_equal(action(SDLK_SLASH, 0), ACTION_NONE);
}

static void every_line_of_the_help_has_a_text(void **state)
{
    (void)state;
    int headings = 0, lines = 0;
    for (const HelpLine *line = keys_help; line->text; line++) {
        headings += !line->key;
        lines += line->key != NULL;
        assert_true(*line->text);
    }
    assert_int_equal(headings, 5);
    assert_in_range(lines, 20, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modifiers_tell_keys_apart),
        cmocka_unit_test(lock_keys_change_nothing),
        cmocka_unit_test(signs_are_found_on_other_layouts),
        cmocka_unit_test(every_line_of_the_help_has_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
