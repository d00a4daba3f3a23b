#include "viewer/measure/latency.h"

#include <math.h>
#include <stdlib.h>

/* SDL's time stamps are whole milliseconds, rounded down in one part of a second and up
 * in the other: the difference of two may be almost 2 ms too long. */
static const double GRAIN_MS = 2.5;

void latency_event(LatencyLog *log, double now)
{
    if (log->count < LATENCY_EVENTS)
        log->begun[log->count++] = now;
}

void latency_frame(LatencyLog *log, double now, double since)
{
    while (log->answered < log->count &&
           log->begun[log->answered] <= since + GRAIN_MS) {
        log->times[log->answered] = now - log->begun[log->answered];
        log->answered++;
    }
}

void latency_time(LatencyLog *log, double ms)
{
    if (log->answered < LATENCY_EVENTS)
        log->times[log->answered++] = ms;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The least time that `part` of all do not exceed. */
static double percentile(const double *sorted, int count, double part)
{
    int rank = (int)ceil(part * count);
    return sorted[rank > 0 ? rank - 1 : 0];
}

Latency latency_of(LatencyLog *log)
{
    int count = log->answered;
    if (!count)
        return (Latency){0};
    qsort(log->times, (size_t)count, sizeof *log->times, ascending);
    return (Latency){.count = count,
                     .least = log->times[0],
                     .p50 = percentile(log->times, count, 0.50),
                     .p95 = percentile(log->times, count, 0.95),
                     .p99 = percentile(log->times, count, 0.99),
                     .most = log->times[count - 1]};
}
