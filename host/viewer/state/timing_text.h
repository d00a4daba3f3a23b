/* timing_text — the processing times as text for the status bar.
 *
 * Each form is shorter than the one before it, for a narrower window.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_TIMING_TEXT_H
#define LUTIST_VIEWER_STATE_TIMING_TEXT_H

#include <stddef.h>

#include "pipe/mode.h"

typedef struct Timing {
    bool known; /* both times are */
    Mode mode;
    bool whole; /* all of the image was mapped, not only its visible part */
    double megapixels;
    double processed_ms, rendered_ms;
    double made_ms; /* by the render thread: processing, scaling, laying out */
    double made_at; /* when that was done, by thread_clock_ms */
} Timing;

enum { TIMING_FORMS = 5, TIMING_TEXT = 160 };

/* Form 0: "numpy, 1.3 MP: Processed in 38 ms (Rendered in 51 ms)". */
char *timing_text_now(const Timing *now, int form, char text[TIMING_TEXT]);
/* The mode used before: "parallel took 0.43 ms"; "" if there is none, or no room. */
char *timing_text_before(const Timing *now, const Timing *before, int form,
                         char text[TIMING_TEXT]);
/* "numpy took 38 ms for 1.3 MP, parallel took 0.43 ms", where there is one before. */
char *timing_text_change(const Timing *now, const Timing *before,
                         char text[TIMING_TEXT]);

#endif
