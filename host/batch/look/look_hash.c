#include "batch/look/look_hash.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/path.h"

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool counts(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISREG(found.st_mode);
}

/* New: "DIGITS NAME". */
static char *text_of(const char *path, Err *err)
{
    char digits[HASH_TEXT];
    if (!hash_file(path, NULL, digits, err))
        return NULL;
    return mem_printf("%s %s", digits, path_name(path));
}

bool look_hash_files(Hash *hash, const WatchFiles *files, Err *err)
{
    char **texts = mem_new((size_t)files->count + 1, sizeof *texts);
    size_t count = 0;
    bool read = true;
    for (int i = 0; i < files->count && read; i++) {
        if (!counts(files->files[i].path))
            continue;
        texts[count] = text_of(files->files[i].path, err);
        read = texts[count++];
    }
    count -= !read;
    qsort(texts, count, sizeof *texts, compare);
    for (size_t i = 0; i < count; i++) {
        hash_add_text(hash, texts[i]);
        mem_free(texts[i]);
    }
    mem_free(texts);
    return read;
}

/* The conversion's profile is a file, or "srgb". */
static bool add_conversion(Hash *hash, const LookWords *words, Err *err)
{
    hash_add_text(hash, words->intent);
    if (words->convert && strcmp(words->convert, "srgb") != 0)
        return hash_add_file(hash, words->convert, NULL, err);
    hash_add_text(hash, words->convert);
    return true;
}

char *look_hash(const LookWords *words, Err *err)
{
    char *digits = mem_new(HASH_TEXT, 1);
    Hash *hash = hash_new();
    hash_add_text(hash, words->version);
    hash_add_text(hash, words->pipeline);
    bool read =
        look_hash_files(hash, words->files, err) && add_conversion(hash, words, err);
    hash_finish(hash, digits);
    if (read)
        return digits;
    mem_free(digits);
    return NULL;
}

static void add_packing(Hash *hash, const PackOptions *pack)
{
    hash_add_text(hash, pack->compression);
    hash_add_text(hash, pack->predictor);
    hash_add(hash, &pack->depth, sizeof pack->depth);
    hash_add(hash, &pack->level, sizeof pack->level);
    hash_add(hash, &pack->restart, sizeof pack->restart);
    hash_add(hash, &pack->progressive, sizeof pack->progressive);
    hash_add(hash, &pack->optimize, sizeof pack->optimize);
}

char *look_hash_with(const char *look, const BatchOptions *options)
{
    char *text = mem_new(HASH_TEXT, 1);
    Hash *hash = hash_new();
    hash_add_text(hash, look);
    hash_add_text(hash, options->format);
    hash_add(hash, &options->quality, sizeof options->quality);
    hash_add(hash, &options->lossless, sizeof options->lossless);
    add_packing(hash, &options->pack);
    hash_add(hash, &options->raw_half, sizeof options->raw_half);
    hash_add(hash, &options->lenient, sizeof options->lenient);
    hash_add(hash, &options->strip, sizeof options->strip);
    hash_add(hash, &options->resize, sizeof options->resize);
    hash_add(hash, &options->resize_linear, sizeof options->resize_linear);
    hash_finish(hash, text);
    return text;
}
