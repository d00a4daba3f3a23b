/* claims — the files that no output may replace: inputs, what the look reads, and the
 * results of the same run.
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
#include "base/watch/watch_files.h"

typedef struct Claims Claims;

Claims *claims_new(void);
void claims_free(Claims *claims); /* NULL is fine */

/* `file` belongs to the input `name`, which is borrowed. */
void claims_add_input(Claims *claims, const struct stat *file, const char *name);
/* The file at `path`, if there is one, lies beside the input `name`, which is borrowed:
 * no other may replace it. */
void claims_add_sidecar(Claims *claims, const char *path, const char *name);
/* The look reads the file at `path`, which is borrowed. Claimed are the file and, where
 * the path is a link, the link. A path without a file is passed over. */
void claims_add_look(Claims *claims, const char *path);
/* The same for all files of a list. */
void claims_add_looks(Claims *claims, const WatchFiles *files);
/* The name of the input that `file` belongs to, borrowed; NULL: to none. */
const char *claims_input(Claims *claims, const struct stat *file);

/* A tempname_keep_fn: inputs and what the look reads stay. `context` is the Claims, or
 * NULL. */
bool claims_keep(void *context, const struct stat *file);
/* An outfile_guard_fn; `context` is the Claims. A link to a file that the look reads
 * stays too: the look may know the file by the link's name. */
bool claims_guard(void *context, int folder, const char *name, const struct stat *there,
                  Err *err);
/* outfile_commit, one at a time; then the file is claimed as the result of `input`. */
bool claims_commit(Claims *claims, Outfile *out, const char *input, Err *err);

#endif
