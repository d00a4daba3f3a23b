/* inputs — the files and folders that the user named, as a list of single files.
 *
 * A file stands for itself. A folder stands for the images in it, sorted by name,
 * without hidden files; recursively for those of its folders too, but not through
 * symbolic links, so that no loop is ever entered. A file or folder that
 * cannot be looked at is an entry with a reason.
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
    char *reason; /* why nothing can come of it; NULL: nothing is known against it */
} BatchFile;

typedef struct InputList {
    BatchFile *files;
    int count, room;
    Cancel *cancel; /* borrowed: no more is looked at once it is set; NULL: none */
} InputList;

/* `not_into`: a folder that recursion leaves out (the output's), or NULL. */
void inputs_expand(InputList *list, const char *const *names, int count, bool recursive,
                   const char *not_into);
void inputs_clear(InputList *list);
/* What one file holds. */
void inputs_free_file(BatchFile *file);

#endif
