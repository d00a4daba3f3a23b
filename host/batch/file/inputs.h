/* inputs — the files and folders that the user named, expanded to a list of files.
 *
 * A folder stands for its images, sorted by name, without hidden files; when recursive,
 * also for the images in its subfolders, but not through symbolic links, so it cannot
 * loop. A file or folder that cannot be examined is an entry with a reason.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_INPUTS_H
#define LUTIST_BATCH_FILE_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/thread/cancel.h"
#include "batch/file/name_filter.h"

typedef struct BatchFile {
    char *input;    /* as given, or FOLDER/.../NAME */
    size_t below;   /* where the path below the given folder starts in `input` */
    char *output;   /* NULL: not named yet */
    uint64_t size;  /* bytes; 0: not known */
    char *reason;   /* why it fails; NULL: no fault is known */
    bool exists;    /* something had its output's name */
    bool skipped;   /* its output exists, and need not be made again */
    bool replaces;  /* its output exists, and is older */
    bool elsewhere; /* it belongs to another part */
} BatchFile;

typedef struct InputList {
    BatchFile *files;
    int count, room;
    Cancel *cancel; /* borrowed: ends the expansion; NULL: none */
} InputList;

typedef struct InputRules {
    bool recursive;       /* read the folders in folders */
    const char *not_into; /* a folder that recursion skips (the output's), or NULL */
    NameFilter filter;    /* a folder that was given is not asked about */
} InputRules;

void inputs_expand(InputList *list, const char *const *names, int count,
                   const InputRules *rules);
/* Files whose outputs are known, in the place of inputs_expand. */
void inputs_take(InputList *list, const char *const *names, const char *const *outputs,
                 int count);
void inputs_clear(InputList *list);
/* Free the strings of one file. */
void inputs_free_file(BatchFile *file);

#endif
