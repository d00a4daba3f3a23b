/* Settings as words, written and read. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/shell_quote.h"
#include "pipe/setting_words.h"
#include "viewer/params.h"

static void what_is_written_is_read(void **state)
{
    (void)state;
    ParamSet *set = params_grouped();
    ParamValue *values = param_defaults(set), *read = param_defaults(set);
    SettingRead how;
    values[0] = param_number(1.0 / 3);
    param_clear(&values[1]);
    values[1] = param_text("0,0 0.5,0.25 1,1");
    param_clear(&values[3]);
    values[3] = param_text("#123456");
    values[4] = param_number(1);
    char *words = setting_words(set, values);
    assert_string_equal(words, "-p gain=0.3333333333333333 -p 'tones=0,0 0.5,0.25 1,1' "
                               "-p knee=0.5 -p 'tint=#123456' -p film=slide "
                               "-p negative=off -p table=");
    assert_true(setting_words_read(words, set, read, &how));
    assert_int_equal(how.taken, 7);
    assert_string_equal(how.others, "");
    assert_int_equal(how.err.kind, ERR_NONE);
    assert_true(param_values_equal(values, read, set->count));
    mem_free(words);
    param_values_free(values, set->count);
    param_values_free(read, set->count);
    param_set_unref(&set);
}

static ParamSet *set;
static ParamValue values[4];
static SettingRead how;

static int start(void **state)
{
    (void)state;
    set = params_mixed();
    values[0] = values[1] = values[2] = values[3] = (ParamValue){0};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    param_set_unref(&set);
    return 0;
}

static bool read(const char *text)
{
    return setting_words_read(text, set, values, &how);
}

static void a_whole_command_line_will_do(void **state)
{
    (void)state;
    assert_true(read("lutist batch 'a -p strength=1.jpg' -o developed -s film \\\n"
                     "  --param=strength=0.25 -ptint=red --param negative=on"));
    assert_int_equal(how.taken, 3);
    assert_true(values[0].number == 0.25);
    assert_true(values[1].number == 1);
    assert_true(values[2].number == 1);
}

static void strange_names_are_told(void **state)
{
    (void)state;
    assert_true(read("-p grain=3 -p strength=1 -p fog=off"));
    assert_int_equal(how.taken, 1);
    assert_string_equal(how.others, "grain, fog");
    assert_true(values[0].number == 1);
}

static void a_value_that_does_not_fit_stays_out(void **state)
{
    (void)state;
    values[0] = param_number(0.5);
    assert_true(read("-p strength=7 -p tint=mauve -p negative=on"));
    assert_int_equal(how.taken, 1);
    assert_int_equal(how.err.kind, ERR_USAGE);
    assert_non_null(strstr(how.err.text, "strength"));
    assert_true(values[0].number == 0.5);
}

static void other_texts_hold_none(void **state)
{
    (void)state;
    assert_false(read(""));
    assert_false(read("a poem about -people and --params"));
    assert_false(read("-p"));
    assert_false(read("-p 'no pair'"));
    assert_false(read("strength=1"));
}

static void expect_words(const char *text, const char *const *wanted)
{
    char *word;
    while ((word = shell_quote_take(&text))) {
        assert_non_null(*wanted);
        assert_string_equal(word, *wanted++);
        mem_free(word);
    }
    assert_null(*wanted);
}

static void words_are_split_as_a_shell_does(void **state)
{
    (void)state;
    expect_words("  a 'b c'\td\\ e \"f \\\"g\\\" $h\" ''\n",
                 (const char *[]){"a", "b c", "d e", "f \"g\" $h", "", NULL});
    expect_words("'it'\\''s'", (const char *[]){"it's", NULL});
    expect_words("'open and", (const char *[]){"open and", NULL});
    expect_words("\"open \\", (const char *[]){"open \\", NULL});
    expect_words("end\\", (const char *[]){"end\\", NULL});
    expect_words(" \n ", (const char *[]){NULL});
}

static void quoted_words_come_back(void **state)
{
    (void)state;
    static const char *const words[] = {"",       "plain", "two words", "it's",
                                        "a\"b",   "\\",    "$HOME",     "line\nend",
                                        "\xff\t", "'",     "-p''",      NULL};
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    for (int i = 0; words[i]; i++) {
        shell_quote_put(out, words[i]);
        fputc(' ', out);
    }
    fclose(out);
    expect_words(text, words);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test_setup_teardown(a_whole_command_line_will_do, start, finish),
        cmocka_unit_test_setup_teardown(strange_names_are_told, start, finish),
        cmocka_unit_test_setup_teardown(a_value_that_does_not_fit_stays_out, start,
                                        finish),
        cmocka_unit_test_setup_teardown(other_texts_hold_none, start, finish),
        cmocka_unit_test(words_are_split_as_a_shell_does),
        cmocka_unit_test(quoted_words_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
