/* Reading JSON: tokens, escapes, and what is no JSON. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/json.h"
#include "base/text/json_read.h"

/* The tokens of `text`, a letter each. */
static const char *tokens(const char *text)
{
    static char letters[3 * JSON_DEPTH];
    static const char names[] = "!.{}[]:\"1tfn";
    char *copy = strdup(text);
    JsonReader reader;
    JsonToken token;
    int count = 0;
    json_read(&reader, copy);
    do {
        token = json_next(&reader);
        letters[count++] = names[token];
    } while (token != JSON_END && token != JSON_BROKEN && count < 3 * JSON_DEPTH - 1);
    letters[count] = '\0';
    assert_int_equal(json_next(&reader), token == JSON_END ? JSON_END : JSON_BROKEN);
    free(copy);
    return letters;
}

static void tokens_follow_each_other(void **state)
{
    (void)state;
    assert_string_equal(tokens("{}"), "{}.");
    assert_string_equal(tokens(" [ ] "), "[].");
    assert_string_equal(tokens("{\"a\": 1, \"b\": [true, false, null, \"x\"]}"),
                        "{:1:[tfn\"]}.");
    assert_string_equal(tokens("[[], {}, [{\"a\":[]}]]"), "[[]{}[{:[]}]].");
    assert_string_equal(tokens("-0.5e+3"), "1.");
    assert_string_equal(tokens("\"x\""), "\".");
}

static void what_is_no_json_breaks(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{1: 2}",
        "[1}",
        "{\"a\": 1]",
        "nul",
        "[01]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[1e]",
        "[-]",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "[1]]",
        "[1] 2",
        "\"\n\"",
        "\"\xff\"",
        "[\"\\u00\"]",
        "{\"a\":}",
        "[tru]",
        "[\"\\u0000\"]",
        "[\"\\ud800\"]",
        "[\"\\ud800\\u0041\"]",
        "[\"\\udc00\"]",
        "{\"a\": 1,}",
        "{,}",
        "[1]x",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        const char *found = tokens(broken[i]);
        if (found[strlen(found) - 1] != '!')
            fail_msg("%s: %s", broken[i], found);
    }
}

static void depth_has_a_limit(void **state)
{
    (void)state;
    char deep[2 * JSON_DEPTH + 3] = "";
    memset(deep, '[', JSON_DEPTH);
    memset(deep + JSON_DEPTH, ']', JSON_DEPTH);
    const char *found = tokens(deep);
    assert_int_equal(found[JSON_DEPTH - 1], '[');
    assert_int_not_equal(found[JSON_DEPTH], '!');
    memset(deep, '[', JSON_DEPTH + 1);
    assert_int_equal(tokens(deep)[JSON_DEPTH], '!');
}

static void assert_decoded(const char *text, const char *wanted)
{
    char *copy = strdup(text);
    JsonReader reader;
    json_read(&reader, copy);
    assert_int_equal(json_next(&reader), JSON_TEXT);
    assert_string_equal(reader.text, wanted);
    assert_int_equal(json_next(&reader), JSON_END);
    free(copy);
}

static void escapes_are_decoded(void **state)
{
    (void)state;
    assert_decoded("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    assert_decoded("\"\\u0041\\u00e9\\u20ac\"", "Aé€");
    assert_decoded("\"\\ud83d\\ude00\"", "😀");
    assert_decoded("\"\\udcff\\udc80x\"", "\xff\x80x");
    assert_decoded("\"plain é\"", "plain é");
}

/* Any bytes but NUL come back from the writer's text. */
static void names_come_back(void **state)
{
    (void)state;
    srand(5);
    for (int round = 0; round < 2000; round++) {
        char name[40];
        int length = rand() % 39;
        for (int i = 0; i < length; i++)
            name[i] = (char)(rand() % 4 ? 1 + rand() % 255 : 0xC0 + rand() % 64);
        name[length] = '\0';
        char *text = NULL;
        size_t size = 0;
        Json json = {.file = open_memstream(&text, &size)};
        json_text(&json, NULL, name);
        fclose(json.file);
        JsonReader reader;
        json_read(&reader, text);
        assert_int_equal(json_next(&reader), JSON_TEXT);
        assert_string_equal(reader.text, name);
        free(text);
    }
}

static void values_are_skipped(void **state)
{
    (void)state;
    char text[] = "{\"a\": [1, {\"b\": []}], \"c\": 7}";
    JsonReader reader;
    json_read(&reader, text);
    assert_int_equal(json_next(&reader), JSON_OBJECT);
    assert_int_equal(json_next(&reader), JSON_NAME);
    assert_true(json_skip(&reader, json_next(&reader)));
    assert_int_equal(json_next(&reader), JSON_NAME);
    assert_string_equal(reader.text, "c");
    assert_int_equal(json_next(&reader), JSON_NUMBER);
    assert_int_equal(strtol(reader.text, NULL, 10), 7);
    char cut[] = "[1, [2";
    json_read(&reader, cut);
    assert_false(json_skip(&reader, json_next(&reader)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_follow_each_other),
        cmocka_unit_test(what_is_no_json_breaks),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(escapes_are_decoded),
        cmocka_unit_test(names_come_back),
        cmocka_unit_test(values_are_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
