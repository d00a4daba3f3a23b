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
} WantedScript;

/* A load has begun. */
void wanted_script_send(WantedScript *script, double now);
/* It has ended. True: it has failed, in another way than the last. */
bool wanted_script_answer(WantedScript *script, const Err *err);

#endif
