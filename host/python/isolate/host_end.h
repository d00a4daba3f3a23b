/* host_end — the host's end of the connection to a child: requests, which can be
 * stopped.
 *
 * A request counts only when its whole answer has arrived. If the child ends, or sends
 * what is no answer, the request fails and the child is gone. To stop a request the
 * child gets SIGINT, which raises KeyboardInterrupt, and is killed if it does not
 * answer soon. That is so for the cancel, for the time limit, and for SIGINT, SIGTERM
 * and SIGHUP to the host.
 * Threads: owner thread only, which must live as long as the child; others may set the
 *          cancel.
 * Python:  unaware; a request blocks, so call it without the GIL.
 */
#ifndef LUTIST_PYTHON_ISOLATE_HOST_END_H
#define LUTIST_PYTHON_ISOLATE_HOST_END_H

#include "python/isolate/child.h"
#include "python/isolate/isolation.h"
#include "python/isolate/message.h"
#include "python/isolate/wire/wire_cubes.h"

typedef enum StopReason { STOP_NONE, STOP_ASKED, STOP_SIGNAL, STOP_LATE } StopReason;

typedef struct HostEnd {
    Isolation how; /* immutable */
    /* from request to request */
    Child child;
    WireCubes cubes; /* of the last stages, known to the child, too */
    uint32_t number; /* of the last request */
    int deaths;      /* of children in a row, without a plan between */
    double died_ms;  /* when the last one ended */
    bool died;       /* since host_end_begin */
    /* the request in work */
    double began_ms;
    double until_ms; /* the time limit */
    int signals;     /* that had come before */
    StopReason stopping;
    double kill_ms; /* while stopping */
    Err failure;    /* why the child is gone */
} HostEnd;

void host_end_init(HostEnd *end, const Isolation *how);
/* The child has `limit_ms` to end in order. There may be another one later. */
void host_end_close(HostEnd *end, int limit_ms);

/* The time of a request begins; it may need several messages. */
void host_end_begin(HostEnd *end);
/* Start a child; there is none. After several deaths in a row only after a pause.
 * Fails: ERR_SCRIPT (the pause), ERR_ENV. */
bool host_end_start(HostEnd *end, Err *err);
/* Ask the child; there is one. Takes `contents`. On success the caller clears *answer.
 * Fails: as the child says, or it is gone. */
bool host_end_ask(HostEnd *end, MessageKind kind, Pack *contents, Message *answer,
                  Err *err);
/* The child cannot be used any more, for the reason `why`, or because it has ended.
 * Returns false; NULL *err is fine. */
bool host_end_give_up(HostEnd *end, const Err *why, Err *err);
/* The same: what it sent is no answer. */
bool host_end_refuse(HostEnd *end, Err *err);

#endif
