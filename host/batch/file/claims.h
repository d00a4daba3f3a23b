/* claims — the files that no output of a batch may replace: its inputs, and the results
 * of the same run.
 *
 * Files are identified by device and inode, so links, "../" and a folder that is
 * swapped during the run hide nothing.
 * Threads: any; a lock guards the set.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_CLAIMS_H
#define LUTIST_BATCH_FILE_CLAIMS_H

#include <sys/stat.h>

#include "base/file/outfile.h"

typedef struct Claims Claims;

Claims *claims_new(void);
void claims_free(Claims *claims); /* NULL is fine */

/* `file` belongs to the input `name`, which is borrowed. */
void claims_add_input(Claims *claims, const struct stat *file, const char *name);
/* The name of the input that `file` belongs to, borrowed; NULL: to none. */
const char *claims_input(Claims *claims, const struct stat *file);

/* A tempname_keep_fn: inputs stay. `context` is the Claims, or NULL. */
bool claims_keep(void *context, const struct stat *file);
/* An outfile_guard_fn; `context` is the Claims. */
bool claims_guard(void *context, int folder, const char *name, const struct stat *there,
                  Err *err);
/* outfile_commit, one at a time; then the file is claimed as the result of `input`. */
bool claims_commit(Claims *claims, Outfile *out, const char *input, Err *err);

#endif
