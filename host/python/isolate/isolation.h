/* isolation — how a script runs in a process of its own.
 *
 * Threads: a value; others may set the cancel.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_ISOLATE_ISOLATION_H
#define LUTIST_PYTHON_ISOLATE_ISOLATION_H

#include "base/thread/cancel.h"
#include "base/thread/pool.h"

/* All zeros is fine. */
typedef struct Isolation {
    const char *program; /* the lutist to start; NULL: the installed one */
    Pool *pool;          /* borrowed: for plans; NULL: work in the calling thread */
    Cancel *cancel;      /* borrowed: stops the request in work. Whoever sets it clears
                            it before the next one; NULL: none */
    int limit_ms;        /* how long a request may take; 0: as long as it likes */
} Isolation;

#endif
