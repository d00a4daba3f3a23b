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

/* `list` and `claims` are new; both hold what is known even on failure. Inputs named
 * twice are reported in one line. Fails: ERR_USAGE, ERR_FILE if the run cannot begin.
 */
bool listing_make(InputList *list, Claims *claims, const BatchOptions *options,
                  Err *err);

CaseProbe listing_probe(const BatchOptions *options);

#endif
