/* outputs — which file each input becomes.
 *
 * A name with a brace is a template. Any other is a folder that gets {stem}{ext}, with
 * the structure below a folder that was given kept; but a name with an image's
 * extension is a file when there is a single input and no folder of that name. {ext} is
 * the input's own extension, or the one of the format asked for, or ".png" where the
 * input's cannot be written.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_OUTPUTS_H
#define LUTIST_BATCH_FILE_OUTPUTS_H

#include "base/err.h"
#include "batch/batch_options.h"
#include "batch/file/inputs.h"

/* The folder that options->output stands for, borrowed; NULL: it is something else. */
const char *outputs_folder(const BatchOptions *options);
/* Give every file that has no reason its output. Fails: ERR_USAGE, ERR_FILE. */
bool outputs_name(InputList *list, const BatchOptions *options, Err *err);

#endif
