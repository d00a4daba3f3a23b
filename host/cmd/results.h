/* results — what a command prints to stdout.
 *
 * Threads: any.
 * Python:  unaware; its end flushes stdout, too, and drops what cannot be written.
 */
#ifndef LUTIST_CMD_RESULTS_H
#define LUTIST_CMD_RESULTS_H

#include "base/err.h"

/* Write what was printed, while the reason of a failure is known. Fails: ERR_FILE
 * "stdout: reason", and stdout's mark of it is cleared; also where the reader has gone:
 * ERR_NONE. */
bool results_flush(Err *err);

#endif
