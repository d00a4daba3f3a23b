/* Widths are those that were set, whatever else was asked for meanwhile. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "viewer/ui/width_cache.h"

static int make(void **state)
{
    *state = mem_new(1, sizeof(WidthCache));
    return 0;
}

static int drop(void **state)
{
    mem_free(*state);
    return 0;
}

static void test_a_width_is_kept(void **state)
{
    static const int fonts[2];
    int *width = width_cache_at(*state, &fonts[0], "Exposure");
    assert_int_equal(*width, -1);
    *width = 71;
    assert_int_equal(*width_cache_at(*state, &fonts[0], "Exposure"), 71);
    assert_int_equal(*width_cache_at(*state, &fonts[1], "Exposure"), -1);
}

static void test_a_width_is_that_of_its_text(void **state)
{
    static const int font;
    char text[16];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 4 * WIDTH_CACHE_SLOTS; i++) {
            snprintf(text, sizeof text, "%d", i);
            int *width = width_cache_at(*state, &font, text);
            assert_true(*width == -1 || (round == 1 && *width == i));
            *width = i;
            assert_ptr_equal(width_cache_at(*state, &font, text), width);
        }
}

static void test_a_long_text_has_no_place(void **state)
{
    static const int font;
    char text[WIDTH_CACHE_BYTES + 1];
    memset(text, 'x', sizeof text);
    text[WIDTH_CACHE_BYTES] = '\0';
    assert_null(width_cache_at(*state, &font, text));
    text[WIDTH_CACHE_BYTES - 1] = '\0';
    *width_cache_at(*state, &font, text) = 300;
    assert_int_equal(*width_cache_at(*state, &font, text), 300);
    assert_int_equal(*width_cache_at(*state, &font, ""), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_width_is_kept, make, drop),
        cmocka_unit_test_setup_teardown(test_a_width_is_that_of_its_text, make, drop),
        cmocka_unit_test_setup_teardown(test_a_long_text_has_no_place, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
