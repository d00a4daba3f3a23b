/* retry — the inputs that failed in an earlier run, as its report or its journal names
 * them.
 *
 * Threads: a value; read by any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_RETRY_H
#define LUTIST_BATCH_JOURNAL_RETRY_H

#include <stdbool.h>

#include "base/err.h"

typedef struct Retry {
    char **inputs; /* owned: absolute paths, sorted, each once */
    int count;
} Retry; /* zeroed memory is an empty one */

/* Read `path`, a report of `lutist batch --report` or a journal of --resume. Fails:
 * ERR_USAGE "PATH: reason". */
bool retry_read(Retry *retry, const char *path, Err *err);
/* Did this input, an absolute path, fail? */
bool retry_wants(const Retry *retry, const char *input);
void retry_clear(Retry *retry);

#endif
