#include "batch/journal/known_files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

void known_files_init(KnownFiles *files, int count)
{
    size_t most = (size_t)count;
    *files = (KnownFiles){.all = mem_new(most, sizeof *files->all),
                          .count = count,
                          .by_key = mem_new(most + 1, sizeof *files->by_key)};
}

void known_files_term(KnownFiles *files)
{
    known_files_forget_facts(files);
    for (int i = 0; i < files->count; i++)
        mem_free(files->all[i].key);
    mem_free(files->all);
    mem_free(files->by_key);
    *files = (KnownFiles){0};
}

void known_files_forget_facts(KnownFiles *files)
{
    for (int i = 0; i < files->count; i++)
        facts_clear(&files->all[i].facts);
}

/* By their keys. */

static int compare(const void *a, const void *b, void *context)
{
    const KnownFile *all = context;
    return strcmp(all[*(const int *)a].key, all[*(const int *)b].key);
}

void known_files_sort(KnownFiles *files)
{
    for (int i = 0; i < files->count; i++)
        if (files->all[i].key)
            files->by_key[files->keys++] = i;
    qsort_r(files->by_key, (size_t)files->keys, sizeof *files->by_key, compare,
            files->all);
}

int known_files_find(const KnownFiles *files, const char *key)
{
    int low = 0, high = files->keys;
    while (low < high) {
        int middle = low + (high - low) / 2, index = files->by_key[middle];
        int order = strcmp(key, files->all[index].key);
        if (order == 0)
            return index;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

/* As they are now. */

void known_file_see_input(KnownFile *file, const char *path)
{
    struct stat found;
    if (!file->input.inode && stat(path, &found) == 0)
        file->input = journal_stamp(&found);
}

void known_file_see_output(KnownFile *file, const char *path)
{
    struct stat found;
    if (lstat(path, &found) != 0)
        return;
    file->odd = !S_ISREG(found.st_mode);
    file->output = journal_stamp(&found);
}

bool known_file_is_there(const KnownFile *file)
{
    return file->output.inode || file->odd;
}

bool known_file_take_hash(KnownFile *file, const char *path, Cancel *cancel, Err *err)
{
    return hash_file(path, cancel, file->hash, err);
}

bool known_file_has_hash(KnownFile *file, const char *path, Cancel *cancel,
                         const char *hash)
{
    Err err;
    if (!file->hash[0] && !known_file_take_hash(file, path, cancel, &err))
        file->hash[0] = '\0';
    return file->hash[0] && strcmp(file->hash, hash) == 0;
}

/* A run that is killed while it names a file can leave an empty one. */
bool known_file_is_written(const KnownFile *file, const JournalLine *line)
{
    return !file->odd && file->output.inode &&
           (!file->output.size || journal_stamp_same(&line->written, &file->output));
}
