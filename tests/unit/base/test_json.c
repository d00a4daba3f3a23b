/* JSON text: commas, lines, and the spelling of values. */
#include "cm.h"

#include <math.h>
#include <stdlib.h>

#include "base/text/json.h"

/* `write` as text. */
static void assert_text(void (*write)(Json *json), const char *wanted)
{
    char *text = NULL;
    size_t size = 0;
    Json json = {.file = open_memstream(&text, &size)};
    write(&json);
    fclose(json.file);
    assert_string_equal(text, wanted);
    free(text);
}

static void nested(Json *json)
{
    json_begin(json, NULL, '{');
    json_line(json, 2);
    json_text(json, "a", "x");
    json_bool(json, "b", true);
    json_line(json, 2);
    json_begin(json, "c", '[');
    json_number(json, NULL, 1);
    json_number(json, NULL, 2);
    json_begin(json, NULL, '{');
    json_end(json, '}');
    json_end(json, ']');
    json_line(json, 0);
    json_end(json, '}');
}

static void commas_and_lines_stand_between(void **state)
{
    (void)state;
    assert_text(nested, "{\n  \"a\": \"x\", \"b\": true,\n  \"c\": [1, 2, {}]\n}");
}

static void strings(Json *json)
{
    json_begin(json, NULL, '[');
    json_text(json, NULL, NULL);
    json_text(json, NULL, "\"\\\n\t\x01");
    json_text(json, NULL, "ä\xff");
    json_end(json, ']');
}

static void strings_are_escaped(void **state)
{
    (void)state;
    assert_text(strings, "[null, \"\\\"\\\\\\n\\t\\u0001\", \"ä\\udcff\"]");
}

static void numbers(Json *json)
{
    json_begin(json, NULL, '[');
    json_number(json, NULL, 50);
    json_number(json, NULL, 0.1);
    json_number(json, NULL, 1e300);
    json_number(json, NULL, NAN);
    json_rounded(json, NULL, 2.0 / 3, 2);
    json_rounded(json, NULL, INFINITY, 2);
    json_end(json, ']');
}

static void numbers_read_back_or_are_null(void **state)
{
    (void)state;
    assert_text(numbers, "[50, 0.1, 1e+300, null, 0.67, null]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_and_lines_stand_between),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(numbers_read_back_or_are_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
