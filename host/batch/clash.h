/* clash — outputs that would meet each other, an input, or a file that is there.
 *
 * Files are compared by identity (device and inode), outputs that are not there yet by
 * their folder's real path, so that links and "../" hide nothing. What changes after
 * this look is caught when the output gets its name (batch/claims.h).
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_CLASH_H
#define LUTIST_BATCH_CLASH_H

#include "base/err.h"
#include "batch/claims.h"
#include "batch/inputs.h"

/* Fails: ERR_USAGE when two inputs would become the same output, naming all three. */
bool clash_outputs(const InputList *list, Err *err);

/* Give a reason to every file whose input is not a regular file that is there, whose
 * output is an input of the list, or whose output exists while `overwrite` is false.
 * The inputs are added to `claims`. */
void clash_files(InputList *list, bool overwrite, Claims *claims);

#endif
