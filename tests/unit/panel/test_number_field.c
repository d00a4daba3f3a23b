/* The field in which a text is typed, with texts that are not the usual ones. */
#include "cm.h"

#include <string.h>

#include "viewer/widget/number_field.h"

static void press(NumberField *field, SDL_Keycode key)
{
    number_field_key(field, (SDL_Keysym){.sym = key});
}

/* A file's name may be any bytes: the caret stays in the text. */
static void the_caret_stays_in_the_text(void **state)
{
    (void)state;
    NumberField field;
    number_field_begin_text(&field, 0, "\x80\xbf.png");
    for (int i = 0; i < 9; i++)
        press(&field, SDLK_LEFT);
    assert_int_equal(field.caret, 0);
    press(&field, SDLK_RIGHT);
    press(&field, SDLK_LEFT);
    assert_int_equal(field.caret, 0);
    number_field_type(&field, "a");
    assert_string_equal(field.text, "a\x80\xbf.png");
    press(&field, SDLK_DELETE);
    press(&field, SDLK_HOME);
    press(&field, SDLK_BACKSPACE);
    press(&field, SDLK_END);
    for (int i = 0; i < 9; i++)
        press(&field, SDLK_BACKSPACE);
    assert_string_equal(field.text, "");
}

static void a_text_that_is_too_long_changes_nothing(void **state)
{
    (void)state;
    static char longest[FIELD_TEXT + 1];
    NumberField field;
    memset(longest, 'x', FIELD_TEXT);
    number_field_begin_text(&field, 0, "0.5"); /* all of it is selected */
    number_field_type(&field, longest);
    assert_string_equal(field.text, "0.5");
    assert_true(field.all);
    number_field_type(&field, longest + 1);
    assert_int_equal(strlen(field.text), FIELD_TEXT - 1);
    number_field_type(&field, "y");
    assert_int_equal(strlen(field.text), FIELD_TEXT - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_caret_stays_in_the_text),
        cmocka_unit_test(a_text_that_is_too_long_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
