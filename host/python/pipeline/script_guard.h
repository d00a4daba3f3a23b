/* script_guard — the working folder, the umask and the environment, kept from a
 * script's changes; and the host's work, kept from processes that a script forks.
 *
 * The three belong to the process: a change would give another meaning to the names on
 * the command line, open the outputs to others, or reach the next script. A script's
 * own setting holds until the function that runs its code returns, so OMP_NUM_THREADS
 * works for a NumPy that the script imports.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_PIPELINE_SCRIPT_GUARD_H
#define LUTIST_PYTHON_PIPELINE_SCRIPT_GUARD_H

#include <sys/types.h>

#include "base/err.h"

typedef struct ScriptGuard {
    int folder; /* a descriptor; -1: the folder cannot be opened and is not kept */
    mode_t mask;
    char **environment; /* owned: "NAME=VALUE"; NULL ends it */
    pid_t process;      /* the host */
} ScriptGuard;

/* Note all three, before code of a script runs. No other thread may create files
 * meanwhile: the umask can only be read by setting it. */
void script_guard_init(ScriptGuard *guard);
void script_guard_term(ScriptGuard *guard);
/* Set folder and umask back, after code of the script has run. Fails: ERR_ENV (the
 * folder cannot be entered any more). Does not return in a process that the script has
 * forked: that ends, with a line on stderr. */
bool script_guard_restore(const ScriptGuard *guard, Err *err);
/* Has the environment changed? Python, which has a copy of its own, sets it back. */
bool script_guard_sees_change(const ScriptGuard *guard);

#endif
