/* timing_text — the time for mapping the pixels, in words for the status bar.
 *
 * Forms are ever shorter, for ever narrower windows.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_TIMING_TEXT_H
#define LUTIST_VIEWER_STATE_TIMING_TEXT_H

#include <stddef.h>

#include "pipe/mode.h"

typedef struct Timing {
    bool known; /* the times are */
    Mode mode;
    bool whole; /* all of the image was mapped, not only its visible part */
    double megapixels;
    double processed_ms, rendered_ms;
} Timing;

enum { TIMING_FORMS = 5, TIMING_TEXT = 160 };

/* "numpy, 1.3 MP: Processed in 38 ms (Rendered in 51 ms)"; shorter in later forms. */
char *timing_text_now(const Timing *now, int form, char text[TIMING_TEXT]);
/* "before: parallel 0.43 ms", the mode used before; "" where there is nothing to say.
 */
char *timing_text_before(const Timing *now, const Timing *before, int form,
                         char text[TIMING_TEXT]);

#endif
