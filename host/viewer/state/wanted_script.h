/* wanted_script — the script that the user wants, and why it is not in force.
 *
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_WANTED_SCRIPT_H
#define LUTIST_VIEWER_STATE_WANTED_SCRIPT_H

#include "base/err.h"
#include "viewer/state/pending.h"

typedef struct WantedScript {
    bool known;     /* a script is in force */
    Pending answer; /* of the load in work */
    Err err;        /* why the last load failed; ERR_NONE: it did not */
    double stop_ms; /* when the user has stopped its code, in work still; 0: not */
} WantedScript;

/* A load has begun. */
void wanted_script_send(WantedScript *script, double now);
/* It has ended. True: it has failed, in another way than the last. */
bool wanted_script_answer(WantedScript *script, const Err *err);

/* The load, or a call of the script, whose answer is `call`, takes long: a message for
 * the user; NULL: it does not. */
const char *wanted_script_busy(const WantedScript *script, const Pending *call,
                               double now);
/* When it began to be busy; 0: it is not. */
double wanted_script_since(const WantedScript *script, const Pending *call);
/* When that message changes, or no plan is expected soon any more: a time that may have
 * passed; 0: never. */
double wanted_script_due(const WantedScript *script, const Pending *call, double now);

#endif
