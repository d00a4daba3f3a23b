/* Lines of text: cut, wrapped and cleaned by the measures of a font. */
#include "cm.h"

#include <stdio.h>

#include "ui_probe.h"

static const double SCALE = 1;

static char *fit(const char *text, int width, char *out)
{
    TextMeasure measure = probe_measure(&SCALE);
    return text_line_fit(&measure, FONT_BODY, text, width, out);
}

static void a_text_that_fits_stays(void **state)
{
    (void)state;
    char out[TEXT_LINE_BYTES];
    assert_string_equal(fit("Exposure", 64, out), "Exposure");
    assert_string_equal(fit("", 0, out), "");
}

static void a_longer_one_ends_in_an_ellipsis(void **state)
{
    (void)state;
    char out[TEXT_LINE_BYTES];
    assert_string_equal(fit("Exposure", 63, out), "Exposu…");
    assert_string_equal(fit("Ä Ö Ü and more", 40, out),
                        "Ä Ö…"); /* no blank before it */
    assert_string_equal(fit("Exposure", 8, out), "…");
    assert_string_equal(fit("Exposure", 7, out), "");
}

static void a_name_is_cut_in_its_middle(void **state)
{
    (void)state;
    TextMeasure measure = probe_measure(&SCALE);
    char out[TEXT_LINE_BYTES];
    static const char name[] = "session-0042.jpg";
    static const struct {
        int characters;
        const char *text;
    } cuts[] = {{16, "session-0042.jpg"},
                {15, "session…042.jpg"},
                {10, "sessi….jpg"},
                {3, "s…g"},
                {1, "…"},
                {0, ""}};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++)
        assert_string_equal(text_line_fit_middle(&measure, FONT_BODY, name,
                                                 8 * cuts[i].characters, out),
                            cuts[i].text);
    assert_string_equal(
        text_line_fit_middle(&measure, FONT_BODY, "Ä Ö Ü ä ö ü", 40, out), "Ä … ü");
}

static void control_characters_become_blanks(void **state)
{
    (void)state;
    char out[TEXT_LINE_BYTES];
    assert_string_equal(text_line_clean("a\nb\x1b\x7f!", out), "a b  !");
}

static void a_text_is_cut_between_characters(void **state)
{
    (void)state;
    char longer[2 * TEXT_LINE_BYTES], out[TEXT_LINE_BYTES];
    for (size_t i = 0; i + 3 < sizeof longer; i += 3)
        memcpy(longer + i, "…", 4);
    text_line_clean(longer, out);
    assert_int_equal(strlen(out), (TEXT_LINE_BYTES - 1) / 3 * 3);
    fit(longer, 8 * 1000, out);
    assert_in_range(strlen(out), TEXT_LINE_BYTES - 8, TEXT_LINE_BYTES - 1);
}

enum { ALL = 512 };

/* The lines of `text` in `width` pixels, with "|" after each; at most `most`. */
static char *wrap(const char *text, int width, int most, char all[ALL])
{
    TextMeasure measure = probe_measure(&SCALE);
    char line[TEXT_LINE_BYTES];
    size_t used = 0;
    all[0] = '\0';
    for (int n = 1; n <= most; n++) {
        if (!text_line_wrap(&measure, FONT_BODY, &text, width, n == most, line))
            break;
        used += (size_t)snprintf(all + used, ALL - used, "%s|", line);
        assert_true(used < ALL);
    }
    return all;
}

static void lines_break_at_blanks(void **state)
{
    (void)state;
    char all[ALL];
    assert_string_equal(wrap("more than I can take", 80, 9, all),
                        "more than|I can take|");
    assert_string_equal(wrap("one", 80, 9, all), "one|");
    assert_string_equal(wrap("   ", 80, 9, all), "");
}

static void a_long_word_breaks_at_a_sign_or_anywhere(void **state)
{
    (void)state;
    char all[ALL];
    assert_string_equal(wrap("/home/me/film.py", 80, 9, all), "/home/me/|film.py|");
    assert_string_equal(wrap("abcdefghij", 40, 9, all), "abcde|fghij|");
    assert_string_equal(wrap("abc", 1, 9, all), "a|b|c|"); /* it ends all the same */
}

static void the_last_line_tells_that_more_follows(void **state)
{
    (void)state;
    char all[ALL];
    assert_string_equal(wrap("more than I can take", 80, 1, all), "more than…|");
    assert_string_equal(wrap("one two three four", 64, 2, all), "one two|three f…|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_fits_stays),
        cmocka_unit_test(a_longer_one_ends_in_an_ellipsis),
        cmocka_unit_test(a_name_is_cut_in_its_middle),
        cmocka_unit_test(control_characters_become_blanks),
        cmocka_unit_test(a_text_is_cut_between_characters),
        cmocka_unit_test(lines_break_at_blanks),
        cmocka_unit_test(a_long_word_breaks_at_a_sign_or_anywhere),
        cmocka_unit_test(the_last_line_tells_that_more_follows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
