/* scripter — the script thread: owns the interpreter, loads the script, turns slider
 * values into plans and runs the Python mappings.
 *
 * It is Python's main thread. Newer values replace those that wait: a slow script gets
 * the newest values when it is free, and has no backlog. Plans go straight to the
 * render thread. For equal values the plan at hand is sent again. When a file of the
 * script changes, it is loaded again.
 * Threads: every function from the UI thread; scripter_reload from any.
 * Python:  the GIL is never held while our locks are.
 */
#ifndef LUTIST_VIEWER_SCRIPT_SCRIPTER_H
#define LUTIST_VIEWER_SCRIPT_SCRIPTER_H

#include "viewer/script/scripter_config.h"

typedef struct Scripter Scripter;

/* Starts the thread, the interpreter and the script; the outcome is news. An
 * interpreter that does not start is a failed load. Fails: ERR_ENV. */
Scripter *scripter_start(const ScripterConfig *config, Err *err);

/* Request the plan of `values` of `set` (both copied) with a conversion at its end
 * (NULL: none; a reference is taken); with `look` also the plan without it, for the
 * values of single pixels. It is dropped if another script is in force
 * meanwhile. Cancels a slow Python mapping (CANCEL_NEWER). */
void scripter_want(Scripter *scripter, ParamSet *set, const ParamValue *values,
                   int depth, ColorConversion *colors, bool look, uint64_t serial,
                   double since);
/* Keep `values` of `set` as the user's preset `name`; NULL values: delete it. All are
 * copied. */
void scripter_change_preset(Scripter *scripter, ParamSet *set, const char *name,
                            const ParamValue *values);
/* Export the look of `values` of `set` beside `picture`; all are copied. */
void scripter_export(Scripter *scripter, ParamSet *set, const ParamValue *values,
                     const char *picture);
/* Load the script again. */
void scripter_reload(Scripter *scripter);
/* Load another one, NAME or PATH[:FUNCTION], which is copied. If that fails, the script
 * in force stays, and the other one is loaded when its files have changed. */
void scripter_load(Scripter *scripter, const char *spec);

/* The script in force, as a job on the script thread sees it; borrowed. */
typedef struct ScripterTurn {
    Scripter *scripter;
    ParamSet *set;           /* NULL: no script was loaded yet */
    const WatchFiles *files; /* that the script has read so far */
} ScripterTurn;
typedef void (*scripter_job_fn)(void *job, const ScripterTurn *turn);
/* Call `run` on the script thread, as one of the script's calls that
 * scripter_interrupt stops; then `drop`, on any thread, also if it never runs. */
void scripter_ask(Scripter *scripter, scripter_job_fn run, dispatch_fn drop, void *job);
/* In a job: the plan of `values` for a picture of that depth. Fails as script_plan. */
Plan *scripter_turn_plan(const ScripterTurn *turn, const ParamValue *values, int depth,
                         Err *err);

/* Interrupt the script's code, again and again until it returns. False: none runs. */
bool scripter_interrupt(Scripter *scripter);

/* Close the script and finalise Python. False: the script has not returned within
 * `limit_ms`; its thread still runs, and only the process's end stops it. NULL is
 * fine. */
bool scripter_stop(Scripter *scripter, int limit_ms);

#endif
