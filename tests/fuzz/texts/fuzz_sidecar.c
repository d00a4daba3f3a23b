/* fuzz_sidecar: the window's files with a picture's values (PICTURE.lutist), and the
 * JSON in them. They are read, or refused in one line; what is read comes back when it
 * is written.
 *
 * A libFuzzer target, and a program: fuzz_texts.h. */
#include <string.h>

#include "base/mem.h"
#include "base/text/json_read.h"
#include "fuzz_texts.h"
#include "viewer/sidecar/sidecar.h"

static ParamSet *params(void)
{
    Param *list = mem_new(2, sizeof *list);
    list[0] = (Param){.kind = PARAM_SLIDER, .name = mem_dup("exposure"), .hi = 3};
    list[1] = (Param){.kind = PARAM_CURVE, .name = mem_dup("tones")};
    list[1].initial = param_text("0,0 1,1");
    return param_set_new(list, 2);
}

/* Token by token, and in one go: both find the same. */
static void read_json(const char *text)
{
    char *whole = mem_dup(text), *skipped = mem_dup(text);
    JsonReader reader, other;
    JsonToken token = JSON_BROKEN;
    json_read(&reader, whole);
    json_read(&other, skipped);
    bool fine = json_skip(&other, json_next(&other)) && json_next(&other) == JSON_END;
    for (size_t i = 0; i <= strlen(text) + 1; i++) {
        token = json_next(&reader);
        REQUIRE(reader.depth >= 0 && reader.depth <= JSON_DEPTH);
        if (token == JSON_END || token == JSON_BROKEN)
            break;
        if (token == JSON_NAME || token == JSON_TEXT)
            REQUIRE(strlen(reader.text) <= strlen(text));
    }
    REQUIRE(token == JSON_BROKEN || token == JSON_END);
    REQUIRE((token == JSON_END) == fine);
    mem_free(whole);
    mem_free(skipped);
}

static void write_again(const char *whole, const Sidecar *sidecar, const ParamSet *set)
{
    Err err = {0};
    ParamValue *values = param_defaults(set), *again = param_defaults(set);
    sidecar_apply(sidecar, set, values);
    char *own = sidecar_text("film", set, values);
    char *text = sidecar_merge(own, whole, &err);
    Sidecar *read = sidecar_parse(text, &err);
    REQUIRE(read && read->n_others == sidecar->n_others);
    sidecar_apply(read, set, again);
    REQUIRE(param_values_equal(values, again, set->count));
    param_values_free(values, set->count);
    param_values_free(again, set->count);
    sidecar_free(read);
    mem_free(own);
    mem_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ParamSet *set;
    if (!set)
        set = params();
    char *text = fuzz_texts_copy(data, size);
    Err err = {0};
    read_json(text);
    Sidecar *sidecar = sidecar_parse(text, &err);
    if (sidecar)
        write_again(text, sidecar, set);
    else
        REQUIRE(err.kind == ERR_FILE && !strchr(err.text, '\n'));
    fuzz_texts.read += sidecar != NULL;
    sidecar_free(sidecar);
    mem_free(text);
    return 0;
}

static const char *const texts[] = {
    SIDECAR_OPENING
    "\n  \"script\": \"film\",\n  \"values\": {\"exposure\": 0.5, "
    "\"tones\": \"0,0 0.5,0.6 1,1\", \"other\": [1, {\"a\": null}]}\n}\n",
    SIDECAR_OPENING " \"note\": \"\\u00e9\\ud83d\\ude00\", \"values\": {}}",
    NULL,
};
static const char *const parts[] = {FUZZ_JSON_PARTS,
                                    FUZZ_JSON_RARE,
                                    "\"values\":",
                                    "\"script\":",
                                    "[[[[[[[[",
                                    "]]]]]]]]",
                                    " ",
                                    "\n",
                                    NULL};

FuzzTexts fuzz_texts = {"sidecars", texts, parts, 0};
