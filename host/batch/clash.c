#include "batch/clash.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/path.h"

typedef struct Target {
    char *key; /* owned: the output as a path without links */
    int index; /* in the list */
} Target;

/* New string: `folder` without links; of a folder that is not there yet, the part that
 * is, and the rest as it stands. */
static char *real_folder(const char *folder)
{
    char *real = realpath(folder, NULL);
    if (real)
        return real;
    const char *name = path_name(folder);
    char *parent = path_dir(folder);
    if (strcmp(parent, folder) == 0) {
        mem_free(parent);
        return mem_dup(folder);
    }
    char *above = real_folder(parent);
    bool nothing = !*name || strcmp(name, ".") == 0;
    char *joined = nothing ? mem_dup(above) : path_join(above, name);
    mem_free(parent);
    mem_free(above);
    return joined;
}

static int by_key(const void *a, const void *b)
{
    const Target *left = a, *right = b;
    int order = strcmp(left->key, right->key);
    return order ? order : left->index - right->index;
}

/* The folder looked up last, since neighbours mostly share one. Strings are owned. */
typedef struct Folder {
    char *name, *real;
} Folder;

/* New string: the file that writing to `output` would write. */
static char *target_key(const char *output, Folder *last)
{
    char *real = realpath(output, NULL);
    if (real)
        return real;
    char *dir = path_dir(output);
    if (last->name && strcmp(last->name, dir) == 0) {
        mem_free(dir);
    } else {
        mem_free(last->name);
        mem_free(last->real);
        *last = (Folder){dir, real_folder(dir)};
    }
    return path_join(last->real, path_name(output));
}

/* Sorted targets of all files that have an output; *count of them. */
static Target *list_targets(const InputList *list, int *count)
{
    Target *targets = mem_new((size_t)list->count, sizeof *targets);
    Folder last = {0};
    *count = 0;
    for (int i = 0; i < list->count; i++) {
        const char *output = list->files[i].output;
        if (output)
            targets[(*count)++] = (Target){target_key(output, &last), i};
    }
    mem_free(last.name);
    mem_free(last.real);
    if (*count)
        qsort(targets, (size_t)*count, sizeof *targets, by_key);
    return targets;
}

bool clash_outputs(const InputList *list, Err *err)
{
    int count;
    Target *targets = list_targets(list, &count);
    bool apart = true;
    for (int i = 0; i + 1 < count && apart; i++)
        if (strcmp(targets[i].key, targets[i + 1].key) == 0)
            apart =
                err_set(err, ERR_USAGE,
                        "%s and %s would both become %s; {index} or {dir} in -o keeps "
                        "them apart",
                        list->files[targets[i].index].input,
                        list->files[targets[i + 1].index].input,
                        list->files[targets[i].index].output);
    for (int i = 0; i < count; i++)
        mem_free(targets[i].key);
    mem_free(targets);
    return apart;
}

/* Claim the inputs that are there, each as itself and as what it links to; the others
 * get their reason. */
static void claim_inputs(InputList *list, Claims *claims)
{
    for (int i = 0; i < list->count; i++) {
        BatchFile *file = &list->files[i];
        struct stat found;
        if (file->reason)
            continue;
        if (lstat(file->input, &found) == 0)
            claims_add_input(claims, &found, file->input);
        if (stat(file->input, &found) != 0)
            file->reason = mem_printf("%s: %s", file->input, strerror(errno));
        else if (!S_ISREG(found.st_mode))
            file->reason = mem_printf("%s: is not a regular file", file->input);
        else
            claims_add_input(claims, &found, file->input);
    }
}

/* New string: what speaks against writing the output of `file`; NULL: nothing. */
static char *objection(const BatchFile *file, bool overwrite, Claims *claims)
{
    struct stat found;
    if (lstat(file->output, &found) != 0)
        return NULL;
    const char *other = claims_input(claims, &found);
    if (other && strcmp(other, file->input) == 0)
        return mem_printf("%s: would overwrite its own input", file->output);
    if (other)
        return mem_printf("%s: would overwrite the input %s", file->output, other);
    if (S_ISDIR(found.st_mode))
        return mem_printf("%s: is a folder", file->output);
    if (overwrite)
        return NULL;
    return mem_printf("%s: already exists; only overwrite replaces it", file->output);
}

void clash_files(InputList *list, bool overwrite, Claims *claims)
{
    claim_inputs(list, claims);
    for (int i = 0; i < list->count; i++) {
        BatchFile *file = &list->files[i];
        if (!file->reason)
            file->reason = objection(file, overwrite, claims);
    }
}
