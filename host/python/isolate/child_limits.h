/* child_limits — what a script's process may take of the machine.
 *
 * Called in the child, before Python starts.
 * Threads: the process's main thread.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_ISOLATE_CHILD_LIMITS_H
#define LUTIST_PYTHON_ISOLATE_CHILD_LIMITS_H

#include <stdint.h>

#include "base/err.h"

/* End with the thread that started it, `host` its process; at once if that has ended.
 */
void child_limits_follow(long host);
/* Where memory is short the system ends this process first; its address space is
 * limited to LUTIST_ISOLATE_MEMORY ("2G", "none"), else to half of the available
 * memory. Fails: ERR_USAGE (the variable). */
bool child_limits_set(Err *err);
/* The limit in bytes for a value of the variable (NULL: it is not set), where so many
 * bytes are available; UINT64_MAX: none. Fails: as above. */
bool child_limits_memory(const char *value, uint64_t available, uint64_t *bytes,
                         Err *err);

#endif
