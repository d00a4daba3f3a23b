/* fuzz_values: values of parameters as a person types them, for a parameter of every
 * kind. They are refused, or read; what is read comes back from its text.
 *
 * A libFuzzer target, and a program: fuzz_texts.h. */
#include <string.h>

#include "base/mem.h"
#include "fuzz_texts.h"
#include "pipe/param.h"

static ParamSet *params(void)
{
    static const char *const words[] = {"none", "sepia", "deep red"};
    Param *list = mem_new(6, sizeof *list);
    list[0] = (Param){.kind = PARAM_SLIDER, .lo = -3, .hi = 3, .step = 0.1};
    list[1] = (Param){.kind = PARAM_SLIDER, .lo = 1, .hi = 9, .step = 1, .whole = true};
    list[2] = (Param){.kind = PARAM_CHOICE, .n_choices = 3};
    list[2].choices = mem_new(3, sizeof *list[2].choices);
    for (int i = 0; i < 3; i++)
        list[2].choices[i] = mem_dup(words[i]);
    list[3] = (Param){.kind = PARAM_TOGGLE};
    list[4] = (Param){.kind = PARAM_CURVE, .initial = param_text("0,0 1,1")};
    list[5] = (Param){.kind = PARAM_COLOR, .initial = param_text("#ffffff")};
    list[0].unit = mem_dup("EV");
    for (int i = 0; i < 6; i++)
        list[i].name = mem_printf("p%d", i);
    return param_set_new(list, 6);
}

static bool use(const Param *param, const char *text)
{
    char label[256];
    Err err = {0};
    ParamValue value = {0}, again = {0};
    if (!param_parse(param, text, &value, &err)) {
        REQUIRE(err.kind == ERR_USAGE && err.text[0]);
        return false;
    }
    REQUIRE(param_check(param, value, &err));
    char *literal = param_literal(param, value);
    REQUIRE(param_parse(param, literal, &again, &err) && param_equal(value, again));
    REQUIRE(param_format(param, value, label, sizeof label)[0]);
    mem_free(literal);
    param_clear(&value);
    param_clear(&again);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ParamSet *set;
    if (!set)
        set = params();
    char *text = fuzz_texts_copy(data, size);
    bool read = false;
    for (int i = 0; i < set->count; i++)
        read |= use(&set->params[i], text);
    fuzz_texts.read += read;
    mem_free(text);
    return 0;
}

static const char *const texts[] = {"0.5",      "1/2 EV", "-0,25",   "sepia",
                                    "on",       "7",      "#Ff8800", "0,0 0.5,0.6 1,1",
                                    "+1.5e-1 ", NULL};
static const char *const parts[] = {" ",
                                    ",",
                                    ".",
                                    "/",
                                    "-",
                                    "+",
                                    "e",
                                    "EV",
                                    "nan",
                                    "inf",
                                    "0x1p3",
                                    "1e999",
                                    "#",
                                    "deep red",
                                    "0.1,0.2 ",
                                    "1e-320",
                                    "9999999999999999999999",
                                    "\t",
                                    "\n",
                                    "\xC3\xA9",
                                    "\xE2\x88\x92",
                                    "\xFF",
                                    NULL};

FuzzTexts fuzz_texts = {"values", texts, parts, 0};
