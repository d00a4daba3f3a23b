#include "cmd/params/value_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "cmd/info/describe_json.h"

typedef struct ReadFile {
    char *path; /* owned */
    char digits[HASH_TEXT];
} ReadFile;

struct ValueWords {
    const ParamSet *params; /* borrowed */
    ReadFile *files;        /* owned: ordered by their paths */
    int count;
};

ValueWords *value_words_new(const ParamSet *params)
{
    ValueWords *words = mem_new(1, sizeof *words);
    words->params = params;
    return words;
}

void value_words_free(ValueWords *words)
{
    if (!words)
        return;
    for (int i = 0; i < words->count; i++)
        mem_free(words->files[i].path);
    mem_free(words->files);
    mem_free(words);
}

/* The place of the file, or where it belongs. */
static int find(const ValueWords *words, const char *path)
{
    int low = 0, high = words->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (strcmp(words->files[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The digits of the file's bytes, "" where there is none; borrowed. NULL: *err is set.
 */
static const char *digits_of(ValueWords *words, const char *path, Err *err)
{
    int at = find(words, path);
    ReadFile file, *place;
    if (at < words->count && strcmp(words->files[at].path, path) == 0)
        return words->files[at].digits;
    file.digits[0] = '\0';
    if (access(path, F_OK) == 0 && !hash_file(path, NULL, file.digits, err))
        return NULL;
    file.path = mem_dup(path);
    words->files =
        mem_more(words->files, (size_t)words->count, 1, sizeof *words->files);
    place = &words->files[at];
    memmove(place + 1, place, (size_t)(words->count++ - at) * sizeof *place);
    *place = file;
    return place->digits;
}

/* The contents of the files that are values of parameters. */
static bool add_files(ValueWords *words, const ParamValue *values, Hash *hash, Err *err)
{
    for (int i = 0; i < words->params->count; i++) {
        const char *path = param_text_of(values[i]);
        if (words->params->params[i].kind != PARAM_FILE || !*path)
            continue;
        const char *digits = digits_of(words, path, err);
        if (!digits)
            return false;
        hash_add_text(hash, digits);
    }
    return true;
}

typedef struct Values {
    const ParamSet *params;
    const ParamValue *values;
} Values;

static void write_values(FILE *out, void *context)
{
    const Values *of = context;
    describe_json_values(&(Json){.file = out}, NULL, of->params, of->values);
}

/* The values as JSON. */
static void add_values(const ValueWords *words, const ParamValue *values, Hash *hash)
{
    char *text = mem_written(write_values, &(Values){words->params, values});
    hash_add_text(hash, text);
    mem_free(text);
}

char *value_words_of(ValueWords *words, const ParamValue *values, Err *err)
{
    char *digits = mem_new(HASH_TEXT, 1);
    Hash *hash = hash_new();
    add_values(words, values, hash);
    bool read = add_files(words, values, hash, err);
    hash_finish(hash, digits);
    if (read)
        return digits;
    mem_free(digits);
    return NULL;
}
