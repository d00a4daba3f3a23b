/* script_guard — the working folder and the umask, kept from what a script does to
 * them.
 *
 * Both belong to the process, so a script that changes them would change what the names
 * on the command line mean and how open the outputs are.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_SCRIPT_GUARD_H
#define LUTIST_PYTHON_SCRIPT_GUARD_H

#include <sys/types.h>

#include "base/err.h"

typedef struct ScriptGuard {
    int folder; /* a descriptor; -1: the folder cannot be opened and is not kept */
    mode_t mask;
} ScriptGuard;

/* Note both, before code of a script runs. No other thread may create files meanwhile:
 * the umask can only be read by setting it. */
void script_guard_init(ScriptGuard *guard);
void script_guard_term(ScriptGuard *guard);
/* Set both back, after code of the script has run. Fails: ERR_ENV (the folder cannot be
 * entered any more). */
bool script_guard_restore(const ScriptGuard *guard, Err *err);

#endif
