#include "python/isolate/host_end.h"

#include <errno.h>
#include <math.h>
#include <poll.h>

#include "base/thread/interrupt.h"
#include "base/thread/thread.h"

enum {
    TICK_MS = 20, /* how often a wait looks at the child and at the reasons to stop */
    GRACE_MS = 1000,  /* from SIGINT to SIGKILL */
    CLOSING_MS = 300, /* the same where the program ends */
    ENDING_MS = 1000, /* from the end of the connection to the end of the process */
    MANY_DEATHS = 3,  /* in a row; then there is a pause before the next start */
    PAUSE_MS = 1000,
};

void host_end_init(HostEnd *end, const Isolation *how)
{
    *end = (HostEnd){.how = *how, .child = {.socket = -1}};
}

/* Waiting. */

static StopReason reason_to_stop(const HostEnd *end, double now)
{
    if (cancel_is_set(end->how.cancel))
        return STOP_ASKED;
    if (interrupt_count() > end->signals)
        return STOP_SIGNAL;
    return now > end->until_ms ? STOP_LATE : STOP_NONE;
}

static bool tell_stop(const HostEnd *end, Err *err)
{
    double seconds = (thread_clock_ms() - end->began_ms) / 1000;
    if (end->stopping == STOP_LATE)
        return err_set(err, ERR_SCRIPT,
                       "the script took longer than %g s (--script-timeout)",
                       end->how.limit_ms / 1000.0);
    if (end->stopping == STOP_ASKED)
        return err_set(err, ERR_CANCELLED, "the script was stopped after %.1f s",
                       seconds);
    return err_set(err, ERR_CANCELLED, "interrupted");
}

/* False: the child's time is over. */
static bool may_go_on(HostEnd *end, Err *err)
{
    double now = thread_clock_ms();
    bool closing = cancel_reason(end->how.cancel) >= CANCEL_CLOSED;
    double grace = closing ? CLOSING_MS : GRACE_MS;
    if (!end->stopping) {
        end->stopping = reason_to_stop(end, now);
        if (!end->stopping)
            return true;
        end->kill_ms = now + grace;
        child_interrupt(&end->child);
    }
    end->kill_ms = fmin(end->kill_ms, closing ? now + grace : INFINITY);
    return now < end->kill_ms || tell_stop(end, err);
}

/* The child's own children may hold the connection open, so its end is looked for, too.
 */
static bool wait(void *context, short events, Err *err)
{
    HostEnd *end = context;
    struct pollfd socket = {.fd = end->child.socket, .events = events};
    if (!may_go_on(end, err))
        return false;
    bool ready = poll(&socket, 1, TICK_MS) > 0;
    if (ready || !child_has_ended(&end->child) || poll(&socket, 1, 0) > 0)
        return true;
    err_set(err, ERR_SCRIPT, "the script's process ended");
    return err_code(err, EPIPE);
}

/* Requests. */

void host_end_begin(HostEnd *end)
{
    int limit = end->how.limit_ms;
    end->began_ms = thread_clock_ms();
    end->until_ms = limit ? end->began_ms + limit : INFINITY;
    end->signals = interrupt_count();
    end->stopping = STOP_NONE;
    end->failure = (Err){0};
    end->died = false;
}

/* The connection is closed: the process is about to end. */
static void await_end(const HostEnd *end)
{
    for (int ms = 0; ms < ENDING_MS && !child_has_ended(&end->child); ms += TICK_MS)
        poll(NULL, 0, TICK_MS);
}

bool host_end_give_up(HostEnd *end, const Err *why, Err *err)
{
    bool ended = why->code == EPIPE;
    end->failure = *why;
    if (ended) {
        await_end(end);
        err_set(&end->failure, ERR_SCRIPT,
                "the script's process closed its connection");
    }
    child_reap(&end->child, ended ? &end->failure : NULL);
    if (ended && end->stopping) /* the interrupt has ended it */
        tell_stop(end, &end->failure);
    wire_cubes_clear(&end->cubes);
    end->died = why->kind == ERR_SCRIPT && !end->stopping;
    end->deaths += end->died;
    end->died_ms = thread_clock_ms();
    if (err)
        *err = end->failure;
    return false;
}

bool host_end_refuse(HostEnd *end, Err *err)
{
    Err why = {0};
    err_set(&why, ERR_SCRIPT, "the script's process sent an invalid answer");
    return host_end_give_up(end, &why, err);
}

/* What the child says of a failure. A script that was stopped tells of an interrupt, or
 * that Python did not start. */
static bool take_failure(HostEnd *end, const Message *answer, Err *err)
{
    Err why = {0};
    Unpack unpack = unpack_begin(answer->data, answer->size);
    if (!unpack_err(&unpack, &why) || !unpack_done(&unpack))
        return host_end_refuse(end, err);
    if (end->stopping && (why.kind == ERR_CANCELLED || why.kind == ERR_ENV))
        tell_stop(end, &why);
    if (err)
        *err = why;
    return false;
}

static bool take_answer(HostEnd *end, Message *answer, Err *err)
{
    bool good = answer->number == end->number && answer->kind == MESSAGE_DONE;
    if (good)
        return true;
    if (answer->number == end->number && answer->kind == MESSAGE_FAILED)
        take_failure(end, answer, err);
    else
        host_end_refuse(end, err);
    message_clear(answer);
    return false;
}

bool host_end_ask(HostEnd *end, MessageKind kind, Pack *contents, Message *answer,
                  Err *err)
{
    Err why = {0};
    const MessageEnd message_end = {end->child.socket, wait, end};
    bool done = message_send(&message_end, kind, ++end->number, contents, &why) &&
                message_receive(&message_end, answer, &why);
    pack_term(contents);
    return done ? take_answer(end, answer, err) : host_end_give_up(end, &why, err);
}

/* Starting and closing. */

static bool may_start(const HostEnd *end, Err *err)
{
    if (end->deaths < MANY_DEATHS || thread_clock_ms() > end->died_ms + PAUSE_MS)
        return true;
    return err_set(err, ERR_SCRIPT,
                   "the script's process ended %d times in a row; it is started again "
                   "after a second",
                   end->deaths);
}

bool host_end_start(HostEnd *end, Err *err)
{
    return may_start(end, err) && child_start(&end->child, end->how.program, err);
}

void host_end_close(HostEnd *end, int limit_ms)
{
    child_close(&end->child, limit_ms);
    wire_cubes_clear(&end->cubes);
}
