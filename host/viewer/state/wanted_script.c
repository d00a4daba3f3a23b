#include "viewer/state/wanted_script.h"

#include <stddef.h>
#include <string.h>

#include "viewer/state/frame_clock.h"

/* Code that has not ended so long after it was stopped will not. */
static const double STUCK_MS = 1500;

void wanted_script_send(WantedScript *script, double now)
{
    script->answer = (Pending){true, now};
    script->stop_ms = 0;
}

bool wanted_script_answer(WantedScript *script, const Err *err)
{
    bool told = strcmp(err->text, script->err.text) == 0;
    script->answer.waiting = false;
    script->stop_ms = 0;
    script->err = *err;
    return err->kind && !told;
}

const char *wanted_script_busy(const WantedScript *script, const Pending *call,
                               double now)
{
    if (!pending_is_busy(&script->answer, now) && !pending_is_busy(call, now))
        return NULL;
    if (!script->stop_ms)
        return "The script is busy: Esc stops it";
    if (now - script->stop_ms < STUCK_MS)
        return "Stopping the script …";
    return "The script is in code that cannot be stopped; the window can be closed";
}

double wanted_script_due(const WantedScript *script, const Pending *call, double now)
{
    static const double after[] = {PENDING_BUSY_MS, PENDING_SLOW_MS};
    double due = script->stop_ms ? script->stop_ms + STUCK_MS : 0;
    for (int i = 0; i < 2; i++) {
        due = frame_clock_sooner(due, pending_due(&script->answer, after[i]), now);
        due = frame_clock_sooner(due, pending_due(call, after[i]), now);
    }
    return due;
}

double wanted_script_since(const WantedScript *script, const Pending *call)
{
    const Pending *pending = script->answer.waiting ? &script->answer : call;
    return pending->waiting ? pending->since_ms : 0;
}
