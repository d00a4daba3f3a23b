/* scripter — the script thread: owns the interpreter, turns slider values into plans
 * and runs the passes of Python's modes.
 *
 * It is Python's main thread. SharedDoubles wait in a mailbox of one, so that a slow
 * script gets the newest when it is free and never a backlog; a plan that is already at
 * hand for equal values is handed out again.
 * Threads: every function from the UI thread. `answer` is called on the script thread.
 * Python:  the GIL is never held while our locks are, nor while `answer` runs.
 */
#ifndef LUTIST_VIEWER_APP_SCRIPTER_H
#define LUTIST_VIEWER_APP_SCRIPTER_H

#include <stdint.h>

#include "python/script.h"
#include "viewer/picture/passes.h"

typedef struct Scripter Scripter;

typedef struct ScripterAnswer {
    uint64_t serial; /* of the values, as given to scripter_want */
    double since;    /* likewise: when the user moved the slider */
    int depth;
    Plan *plan; /* borrowed; NULL: the script failed */
    Err err;    /* then says how */
} ScripterAnswer;

typedef struct ScripterConfig {
    const char *script; /* NAME or PATH[:FUNCTION]; borrowed until stop */
    const char *venv;   /* borrowed; NULL: VIRTUAL_ENV, else none */
    Pool *pool;         /* borrowed */
    Bell *bell;         /* borrowed; closed by scripter_stop */
    Passes *passes;     /* borrowed; they ring the same bell */
    void (*answer)(void *context, const ScripterAnswer *answer);
    void *context;
} ScripterConfig;

/* Starts the thread, the interpreter and the script. Fails: ERR_ENV. */
Scripter *scripter_start(const ScripterConfig *config, Err *err);
/* Wait until the script has been loaded; once. Fails: what interp_start or script_load
 * says. */
bool scripter_wait(Scripter *scripter, Err *err);

/* After scripter_wait. Borrowed. */
ParamSet *scripter_params(const Scripter *scripter);
const char *scripter_name(const Scripter *scripter);

/* Ask for the plan of `values` (copied); an older wish that waits is dropped, and a
 * pass that takes long makes way. */
void scripter_want(Scripter *scripter, const ParamValue *values, int depth,
                   uint64_t serial, double since);

/* Close the script and finalise Python. False: the script does not come back within
 * `limit_ms`; the thread is then still running, and only the process's end stops it.
 * NULL is fine. */
bool scripter_stop(Scripter *scripter, int limit_ms);

#endif
