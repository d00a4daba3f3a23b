/* wanted_values — the newest slider values, numbered, and the script's answer to them.
 *
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_WANTED_VALUES_H
#define LUTIST_VIEWER_STATE_WANTED_VALUES_H

#include <stdint.h>

#include "base/err.h"
#include "viewer/state/pending.h"

typedef struct WantedValues {
    bool changed;      /* they have to be sent */
    uint64_t serial;   /* of the newest that were sent; 0: none yet */
    uint64_t answered; /* the newest with an answer */
    uint64_t awaited;  /* of another picture, which waits for their answer; 0: none */
    Pending answer;    /* the script's, to these */
    int plan_depth;    /* of the newest plan that the render thread has; 0: none */
    uint64_t plan_colors; /* the number of the conversion in it; 0: none */
    Err err;              /* why the script failed; ERR_NONE: it did not */
} WantedValues;

/* They are another picture's, which must not be shown with those before. */
void wanted_values_replace(WantedValues *values);
/* Does that picture wait still? Not for an answer that will not come. */
bool wanted_values_hold(const WantedValues *values);
/* The values are being sent. Returns their serial. */
uint64_t wanted_values_send(WantedValues *values, double now);
/* The script's answer. True: it is an error, and another one than the last. */
bool wanted_values_answer(WantedValues *values, uint64_t serial, int plan_depth,
                          uint64_t plan_colors, const Err *err);
/* No plan for images of `depth` and conversion `colors` is there, and none is expected
 * soon. */
bool wanted_values_are_lost(const WantedValues *values, int depth, uint64_t colors,
                            double now);

#endif
