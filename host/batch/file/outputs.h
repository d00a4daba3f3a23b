/* outputs — the output of each input.
 *
 * The room batch/file: the list of files (inputs), their outputs (here, template), the
 * objections (output_conflicts, target), and what the run keeps of them: folders,
 * claims, commits.
 *
 * A name with a brace is a template. Any other is a folder, which gets {stem}{ext} in
 * the subfolders of the given folder; but a name with an image's extension is a file if
 * there is a single input and no folder of that name. {ext} is the input's own
 * extension, or that of the format asked for, or ".png" if the input's format cannot be
 * written.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_OUTPUTS_H
#define LUTIST_BATCH_FILE_OUTPUTS_H

#include "base/err.h"
#include "batch/batch_options.h"
#include "batch/file/inputs.h"

/* The folder that options->output stands for, borrowed; NULL: it is not a folder. */
const char *outputs_folder(const BatchOptions *options);
/* New: the folder below which all outputs will lie; NULL: a template's {dir} may lead
 * anywhere. */
char *outputs_common_folder(const BatchOptions *options);
/* Give every file without a reason and an output its output. Fails: ERR_USAGE,
 * ERR_FILE. */
bool outputs_name(InputList *list, const BatchOptions *options, Err *err);

#endif
