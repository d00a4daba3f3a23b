/* output_conflicts — repeated inputs, and outputs that would replace each other, an
 * input, or an existing file.
 *
 * Existing files are compared by device and inode, others by their future folder
 * (batch/file/target.h), so links and "../" hide nothing. Later changes are caught when
 * the output gets its name (batch/file/claims.h).
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_FILE_OUTPUT_CONFLICTS_H
#define LUTIST_BATCH_FILE_OUTPUT_CONFLICTS_H

#include "base/err.h"
#include "batch/file/claims.h"
#include "batch/file/inputs.h"
#include "batch/file/target.h"

/* What becomes of a file whose output exists? */
typedef enum Existing {
    EXISTING_REFUSED,
    EXISTING_REPLACED,
    EXISTING_SKIPPED, /* the file need not be done again */
    EXISTING_RENEWED, /* the same, unless the input is newer: then it is replaced */
} Existing;

/* Does the file system of a target ignore case? */
typedef struct CaseProbe {
    target_folds_fn folds; /* target_folds */
    bool may_write;
} CaseProbe;

/* Remove inputs that name a file of the list again ("a.jpg" and "./a.jpg"); links under
 * other names stay. Returns how many, with the first one in *first (mem_free). */
int output_conflicts_repeats(InputList *list, char **first);

/* Claim the existing inputs. An input that is not a regular file, or may not be read,
 * gets a reason. */
void output_conflicts_inputs(InputList *list, Claims *claims);

/* Fails: ERR_USAGE if two inputs would become the same output, naming all three, or if
 * an output's folder cannot be determined. */
bool output_conflicts_outputs(const InputList *list, CaseProbe probe, Err *err);

/* Give a reason to every file of this part whose output is an input, exists and is to
 * be refused, or cannot be made; set BatchFile.exists, .skipped and .replaces. An empty
 * output is no reason to skip a file: it was never written. */
void output_conflicts_existing(InputList *list, Existing existing, Claims *claims);

/* Fails: ERR_USAGE if a file at `path`, beside the batch, would be one of its inputs or
 * outputs, or if a folder would have the name of either. */
bool output_conflicts_beside(const InputList *list, const char *path, CaseProbe probe,
                             Claims *claims, Err *err);

#endif
