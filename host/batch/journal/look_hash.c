#include "batch/journal/look_hash.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"

typedef char Digits[HASH_TEXT];

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* A folder's names matter by what is read of them; a file that was looked for in vain
 * counts as such. */
static bool hash_one(const char *path, Digits digits, Err *err)
{
    size_t length = strlen(path);
    bool folder = length && path[length - 1] == '/';
    digits[0] = '\0';
    return folder || access(path, F_OK) != 0 || hash_file(path, NULL, digits, err);
}

/* In an order that does not depend on which file was read first. */
static bool add_files(Hash *hash, const WatchFiles *files, Err *err)
{
    Digits *all = mem_new((size_t)files->count + 1, sizeof *all);
    bool read = true;
    for (int i = 0; i < files->count && read; i++)
        read = hash_one(files->files[i].path, all[i], err);
    qsort(all, (size_t)files->count, sizeof *all, compare);
    for (int i = 0; i < files->count; i++)
        hash_add_text(hash, all[i]);
    mem_free(all);
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
    bool read = add_files(hash, words->files, err) && add_conversion(hash, words, err);
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
