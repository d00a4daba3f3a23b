/* latency — when the screen answered the hand: events, frames, and the times between.
 *
 * A frame answers an event if the picture in it was made after that event. Each event
 * counts, also one whose own picture a newer one replaced.
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_MEASURE_LATENCY_H
#define LUTIST_VIEWER_MEASURE_LATENCY_H

#include "viewer/measure/measured.h"

enum { LATENCY_EVENTS = 512 };

typedef struct LatencyLog {
    int count;                    /* events */
    int answered;                 /* of them, in order */
    double begun[LATENCY_EVENTS]; /* when each happened, in ms, ascending */
    double times[LATENCY_EVENTS]; /* until its answer, of those that have one */
} LatencyLog;

/* An event happens. Beyond LATENCY_EVENTS it is not kept. */
void latency_event(LatencyLog *log, double now);
/* A frame is on the screen; its picture is of events until `since`. */
void latency_frame(LatencyLog *log, double now, double since);
/* A time that is known already. */
void latency_time(LatencyLog *log, double ms);
/* The times of the events that were answered; sorts them. All 0: there are none. */
Latency latency_of(LatencyLog *log);

#endif
