/* inputs — the files and folders that the user named, as a list of single files.
 *
 * A file stands for itself. A folder stands for the images in it, sorted by name,
 * without hidden files; when recursive, also for the images in its folders, but not
 * through symbolic links, so that no loop is entered. A file or folder that cannot be
 * examined is an entry with a reason.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_INPUTS_H
#define LUTIST_BATCH_FILE_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/thread/cancel.h"

typedef struct BatchFile {
    char *input;  /* as given, or FOLDER/.../NAME */
    size_t below; /* where in `input` the part below the folder that was given starts */
    char *output; /* NULL: not named yet */
    char *reason; /* why it fails; NULL: no fault is known */
} BatchFile;

typedef struct InputList {
    BatchFile *files;
    int count, room;
    Cancel *cancel; /* borrowed: ends the expansion; NULL: none */
} InputList;

/* `not_into`: a folder that recursion leaves out (the output's), or NULL. */
void inputs_expand(InputList *list, const char *const *names, int count, bool recursive,
                   const char *not_into);
void inputs_clear(InputList *list);
/* Free the strings of one file. */
void inputs_free_file(BatchFile *file);

#endif
