/* outfile — a file that appears whole or not at all.
 *
 * What is written goes to `.NAME.lutist-XXXXXX` beside the target; outfile_commit gives
 * it the target's name. A target that is a link is written through: the file it leads
 * to is replaced and the link stays.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_OUTFILE_H
#define LUTIST_BASE_OUTFILE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

typedef struct Outfile Outfile;

/* The new file has mode 0666 less the umask, or with `overwrite` the replaced file's.
 * Without `overwrite` an existing target fails here. Fails: ERR_FILE "PATH: reason". */
Outfile *outfile_open(const char *path, bool overwrite, Err *err);
/* Borrowed; buffered; for writing and seeking. */
FILE *outfile_file(Outfile *out);
/* Flush and rename. Frees `out`, and on failure removes the temporary file. A target
 * that appeared meanwhile is kept unless `overwrite`, and that is a failure. */
bool outfile_commit(Outfile *out, Err *err);
/* Remove the temporary file and free; NULL is fine. */
void outfile_abort(Outfile *out);

#endif
