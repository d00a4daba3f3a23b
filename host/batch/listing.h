/* listing — what a batch knows before it begins: its inputs, their outputs, and what
 * speaks against them.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_LISTING_H
#define LUTIST_BATCH_LISTING_H

#include "batch/batch.h"
#include "batch/claims.h"
#include "batch/inputs.h"

/* `list` and `claims` are new; both are filled as far as it went. Fails: ERR_USAGE,
 * ERR_FILE where nothing can be begun. With `tell`, inputs that were named twice are
 * said in one line. */
bool listing_make(InputList *list, Claims *claims, const BatchOptions *options,
                  bool tell, Err *err);

/* Is a file beside the batch, at `path`, neither an input nor an output? Fails:
 * ERR_USAGE. What else is wrong is not told. */
bool listing_spares(const BatchOptions *options, const char *path, Err *err);

#endif
