#include "batch/look/value_words.h"

#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "batch/look/look_hash.h"

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

static bool add_file(ValueWords *words, const char *path, Hash *hash, Err *err)
{
    const char *digits = *path ? digits_of(words, path, err) : "";
    if (!digits)
        return false;
    hash_add_text(hash, path_name(path));
    hash_add_text(hash, digits);
    return true;
}

static bool add_value(ValueWords *words, const Param *param, ParamValue value,
                      Hash *hash, Err *err)
{
    hash_add_text(hash, param->name);
    if (param->kind == PARAM_FILE)
        return add_file(words, param_text_of(value), hash, err);
    char *text = param_literal(param, value);
    hash_add_text(hash, text);
    mem_free(text);
    return true;
}

static bool add_all(ValueWords *words, const ParamValue *values, const WatchFiles *more,
                    Hash *hash, Err *err)
{
    const ParamSet *set = words->params;
    for (int i = 0; i < set->count; i++)
        if (!add_value(words, &set->params[i], values[i], hash, err))
            return false;
    return !more || look_hash_files(hash, more, err);
}

char *value_words_of(ValueWords *words, const ParamValue *values,
                     const WatchFiles *more, Err *err)
{
    char *digits = mem_new(HASH_TEXT, 1);
    Hash *hash = hash_new();
    bool read = add_all(words, values, more, hash, err);
    hash_finish(hash, digits);
    if (read)
        return digits;
    mem_free(digits);
    return NULL;
}
