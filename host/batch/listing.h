/* listing — the inputs of a batch, their outputs, and the objections to them, before it
 * begins.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_LISTING_H
#define LUTIST_BATCH_LISTING_H

#include "batch/batch_options.h"
#include "batch/file/output_conflicts.h"

/* `list` and `claims` are new; both are filled as far as it went. Inputs that were
 * named twice are said in one line. Fails: ERR_USAGE, ERR_FILE where nothing can be
 * begun. */
bool listing_make(InputList *list, Claims *claims, const BatchOptions *options,
                  Err *err);

CaseProbe listing_probe(const BatchOptions *options);

#endif
