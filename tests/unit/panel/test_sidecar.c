/* The text of a sidecar, good and damaged. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "viewer/remember/text_size.h"
#include "viewer/sidecar/sidecar.h"

static ParamSet *two_sliders(void)
{
    Param *params = mem_new(2, sizeof *params);
    for (int i = 0; i < 2; i++)
        params[i] = (Param){.kind = PARAM_SLIDER,
                            .name = mem_dup(i ? "gamma" : "exposure"),
                            .lo = -1,
                            .hi = 2,
                            .initial = param_number(i)};
    return param_set_new(params, 2);
}

static const char GOOD[] = SIDECAR_OPENING
    " \"script\": \"fi\\u00e9lm\", \"x\": [1, {\"y\": [true, false, null]}],\n"
    "\"values\": {\"exposure\": 0.25, \"grain\": \"co\\u0061rse\", \"gamma\": 99}}\n";

static void values_go_by_name(void **state)
{
    (void)state;
    Err err;
    ParamSet *set = two_sliders();
    ParamValue *values = param_defaults(set);
    Sidecar *sidecar = sidecar_parse(GOOD, &err);
    assert_non_null(sidecar);
    assert_string_equal(sidecar->script, "fiélm");
    sidecar_apply(sidecar, set, values);
    assert_true(values[0].number == 0.25);
    assert_true(values[1].number == 1); /* 99 does not fit */
    char *own = sidecar_text("a \"look\"", set, values);
    char *text = sidecar_merge(own, GOOD, &err);
    assert_string_equal(text, SIDECAR_OPENING
                        "\n  \"script\": \"a \\\"look\\\"\",\n  \"values\": {\n"
                        "    \"exposure\": 0.25,\n    \"gamma\": 1,\n"
                        "    \"grain\": \"co\\u0061rse\"\n  },\n"
                        "  \"x\": [1, {\"y\": [true, false, null]}]\n}\n");
    Sidecar *again = sidecar_parse(text, &err);
    assert_non_null(again);
    assert_int_equal(again->n_values, 3);
    assert_int_equal(again->n_others, 1);
    sidecar_free(again);
    sidecar_free(sidecar);
    mem_free(own);
    mem_free(text);
    param_values_free(values, set->count);
    param_set_unref(&set);
}

/* Names of scripts and files may be no UTF-8. */
static void any_bytes_are_a_text(void **state)
{
    (void)state;
    Err err;
    Param *param = mem_new(1, sizeof *param);
    *param = (Param){.kind = PARAM_FILE, .name = mem_dup("table")};
    param->initial = param_text("");
    ParamSet *set = param_set_new(param, 1);
    ParamValue value = param_text("/fi\xffn\n\x01\x7f\xc3.cube");
    char *text = sidecar_text("fil\xe9\xc0\x80", set, &value);
    char *merged = sidecar_merge(text, text, &err);
    assert_string_equal(text, merged);
    param_clear(&value);
    mem_free(text);
    mem_free(merged);
    param_set_unref(&set);
}

static void other_versions_are_refused(void **state)
{
    (void)state;
    const char *texts[] = {"{\n  \"lutist\": 2, \"values\": {}}",
                           "{\n  \"lutist\": 12, \"values\": {}}",
                           "{\n  \"lutist\": 1.5, \"values\": {}}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Err err = {0};
        assert_null(sidecar_parse(texts[i], &err));
        assert_string_equal(err.text, "is not a lutist sidecar");
    }
}

/* No damage is read beyond the text's end, and a cut one is refused. */
static void damage_is_refused(void **state)
{
    (void)state;
    char text[sizeof GOOD];
    size_t end = strlen(GOOD) - 1; /* without the last line's end */
    for (size_t length = 0; length < end; length++) {
        char *cut = mem_printf("%.*s", (int)length, GOOD);
        Err err = {0};
        assert_null(sidecar_parse(cut, &err));
        assert_int_equal(err.kind, ERR_FILE);
        mem_free(cut);
    }
    for (size_t i = 0; i < sizeof GOOD - 1; i++)
        for (int bit = 0; bit < 8; bit++) {
            Err err;
            memcpy(text, GOOD, sizeof GOOD);
            text[i] = (char)(text[i] ^ 1 << bit);
            sidecar_free(sidecar_parse(text, &err));
        }
}

static void nesting_has_an_end(void **state)
{
    (void)state;
    enum { DEEP = 200 };
    char brackets[2 * DEEP + 1] = "";
    Err err;
    memset(brackets, '[', DEEP);
    memset(brackets + DEEP, ']', DEEP);
    char *text = mem_printf("%s \"deep\": %s}", SIDECAR_OPENING, brackets);
    assert_null(sidecar_parse(text, &err));
    mem_free(text);
    text = mem_printf("%s \"deep\": %s}", SIDECAR_OPENING,
                      brackets + DEEP - 20); /* the closing ones are too many */
    assert_null(sidecar_parse(text, &err));
    mem_free(text);
    brackets[DEEP + 20] = '\0';
    text = mem_printf("%s \"deep\": %s}", SIDECAR_OPENING, brackets + DEEP - 20);
    Sidecar *sidecar = sidecar_parse(text, &err);
    assert_non_null(sidecar);
    sidecar_free(sidecar);
    mem_free(text);
}

static void text_sizes_step(void **state)
{
    (void)state;
    assert_true(text_size_step(1, 1) == 1.1 && text_size_step(1, -1) == 0.9);
    assert_true(text_size_step(1, 99) == 2 && text_size_step(1, -99) == 0.7);
    assert_true(text_size_step(1.2, 0) == 1.25);
    assert_true(text_size_within(2, 1.6) == 1.5 && text_size_within(2, 2) == 2);
    assert_true(text_size_within(1.5, 0.3) == 1 && text_size_within(0.8, 0.3) == 0.8);
    assert_true(text_size_is_valid(0.7) && text_size_is_valid(2));
    assert_false(text_size_is_valid(0.69) || text_size_is_valid(2.01));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_go_by_name),
        cmocka_unit_test(any_bytes_are_a_text),
        cmocka_unit_test(other_versions_are_refused),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(text_sizes_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
