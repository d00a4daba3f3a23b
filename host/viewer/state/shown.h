/* shown — the picture on screen: its values and its times.
 *
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_SHOWN_H
#define LUTIST_VIEWER_STATE_SHOWN_H

#include <stdint.h>

#include "viewer/state/timing_text.h"

typedef struct Shown {
    uint64_t serial; /* of the values; 0: the unprocessed image */
    double since;    /* when the user asked for it */
    Timing now;      /* of the newest processed picture */
    Timing earlier;  /* of the last picture in another mode */
} Shown;

/* A picture has come. `timing` holds its processing time; the rendering time is known
 * when it is presented. */
void shown_take(Shown *shown, uint64_t serial, double since, const Timing *timing);
/* The picture is on the screen. True: its times are new. */
bool shown_present(Shown *shown, double now);
/* The mode to go back to when `mode` cannot run. */
Mode shown_mode_before(const Shown *shown, Mode mode);

#endif
