/* The beginning of a name, typed in an open list. */
#include "cm.h"

#include <string.h>

#include "viewer/widget/type_ahead.h"

static const char *const NAMES[] = {"..",          "Archive",      "look_1.cube",
                                    "look_2.cube", "look_15.cube", "look_150.cube",
                                    "my look.cube"};
enum { FOLDER = 1, LOOK_1, LOOK_2, LOOK_15, LOOK_150, MINE, COUNT };

static TypeAhead ahead;
static double now;

static const char *name_at(const void *names, int entry)
{
    return ((const char *const *)names)[entry];
}

/* Where `keys`, a tenth of a second apart, lead to from `current`. */
static int type(int current, const char *keys)
{
    TypeAheadList list = {NAMES, COUNT, name_at};
    for (; *keys; keys++) {
        now += 100;
        current = type_ahead_key(&ahead, &list, current, (SDL_Keycode)*keys, now);
    }
    now += 5000;
    return current;
}

static void letters_in_a_row_are_a_name(void **state)
{
    (void)state;
    assert_int_equal(type(0, "look-15"), LOOK_15); /* "_" without Shift */
    assert_int_equal(type(0, "look-150"), LOOK_150);
    assert_int_equal(type(LOOK_150, "a"), FOLDER);
    assert_int_equal(type(0, "my l"), MINE);
    assert_int_equal(type(0, ".."), 0);
}

static void one_that_leads_nowhere_begins_anew(void **state)
{
    (void)state;
    assert_int_equal(type(0, "ll"), LOOK_2);
    assert_int_equal(type(LOOK_150, "l"), LOOK_1); /* round the end */
    assert_int_equal(type(0, "loma"), FOLDER);
    assert_int_equal(type(LOOK_2, "x"), LOOK_2);
    assert_int_equal(type(LOOK_2, " "), LOOK_2);
}

static void a_pause_ends_a_name(void **state)
{
    (void)state;
    assert_int_equal(type(type(0, "m"), "y"), MINE);
    assert_int_equal(type(type(0, "l"), "l"), LOOK_2);
    assert_int_equal(type(type(0, "look-2"), "5"), LOOK_2);
}

static void other_keys_end_a_name(void **state)
{
    (void)state;
    TypeAheadList list = {NAMES, COUNT, name_at};
    assert_int_equal(type_ahead_key(&ahead, &list, 0, 'l', now), LOOK_1);
    assert_int_equal(type_ahead_key(&ahead, &list, LOOK_1, SDLK_DOWN, now), LOOK_1);
    assert_string_equal(ahead.text, "");
    assert_int_equal(type_ahead_key(&ahead, &list, LOOK_1, 0xe4, now), LOOK_1);
    list.count = 0;
    assert_int_equal(type_ahead_key(&ahead, &list, -1, 'l', now), -1);
}

/* However long, and whatever stands for punctuation. */
static void a_long_name_is_no_danger(void **state)
{
    (void)state;
    static char names[200], keys[200];
    memset(names, '_', sizeof names - 1);
    memset(keys, '-', sizeof keys - 1);
    TypeAheadList list = {(const char *const[]){names}, 1, name_at};
    for (const char *key = keys; *key; key++)
        assert_int_equal(type_ahead_key(&ahead, &list, 0, *key, now), 0);
    assert_true(strlen(ahead.text) < sizeof ahead.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_in_a_row_are_a_name),
        cmocka_unit_test(one_that_leads_nowhere_begins_anew),
        cmocka_unit_test(a_pause_ends_a_name),
        cmocka_unit_test(other_keys_end_a_name),
        cmocka_unit_test(a_long_name_is_no_danger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
