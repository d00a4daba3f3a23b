/* The times in words, in ever shorter forms. */
#include "cm.h"

#include "viewer/state/timing_text.h"

static const Timing NUMPY = {true, MODE_NUMPY, false, 1.3, 38, 51};
static const Timing PARALLEL = {true, MODE_PARALLEL, false, 1.3, 0.43, 9.4};

static void forms_become_shorter(void **state)
{
    (void)state;
    static const char *const now[TIMING_FORMS] = {
        "numpy, 1.3 MP: Processed in 38 ms (Rendered in 51 ms)",
        "numpy, 1.3 MP: 38 ms (51 ms)", "numpy 38 ms (51 ms)", "numpy 38 ms", "38 ms"};
    static const char *const before[TIMING_FORMS] = {
        "parallel took 0.43 ms", "parallel took 0.43 ms", "parallel 0.43 ms", "", ""};
    char text[TIMING_TEXT];
    for (int form = 0; form < TIMING_FORMS; form++) {
        assert_string_equal(timing_text_now(&NUMPY, form, text), now[form]);
        assert_string_equal(timing_text_before(&NUMPY, &PARALLEL, form, text),
                            before[form]);
    }
}

static void small_figures_have_more_digits(void **state)
{
    (void)state;
    char text[TIMING_TEXT];
    Timing timing = {true, MODE_SINGLE, true, 0.005, 0.0123, 3.21};
    assert_string_equal(timing_text_now(&timing, 1, text),
                        "single, all 0.005 MP: 0.01 ms (3.2 ms)");
}

static void times_of_another_size_say_of_which(void **state)
{
    (void)state;
    char text[TIMING_TEXT];
    Timing whole = PARALLEL;
    whole.whole = true;
    whole.megapixels = 12.2;
    assert_string_equal(timing_text_before(&NUMPY, &whole, 0, text),
                        "parallel took 0.43 ms for all 12.2 MP");
    assert_string_equal(timing_text_before(&NUMPY, &whole, 2, text), ""); /* no room */
    whole.known = false;
    assert_string_equal(timing_text_before(&NUMPY, &whole, 0, text), "");
}

static void a_change_tells_both(void **state)
{
    (void)state;
    char text[TIMING_TEXT];
    Timing none = {.mode = MODE_PARALLEL};
    assert_string_equal(timing_text_change(&NUMPY, &PARALLEL, text),
                        "numpy took 38 ms for 1.3 MP, parallel took 0.43 ms");
    assert_string_equal(timing_text_change(&NUMPY, &none, text),
                        "numpy took 38 ms for 1.3 MP");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_become_shorter),
        cmocka_unit_test(small_figures_have_more_digits),
        cmocka_unit_test(times_of_another_size_say_of_which),
        cmocka_unit_test(a_change_tells_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
