/* batch_from_options — the options of `lutist batch` as those of the engine.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_BATCH_FROM_OPTIONS_H
#define LUTIST_CMD_BATCH_FROM_OPTIONS_H

#include "batch/batch_options.h"
#include "options.h"

/* All of *batch but the inputs, the conversion and the cancel. It borrows the strings
 * of `options`. Fails: ERR_USAGE that names the option; what could be read is in
 * *batch. */
bool batch_from_options(const Options *options, BatchOptions *batch, Err *err);

#endif
