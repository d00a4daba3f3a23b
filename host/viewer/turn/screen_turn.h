/* screen_turn — lays out an image for the screen, turned by quarters.
 *
 * The last step turns: the screen's pixels, four bytes each, of the visible part alone.
 * Without a turn it costs nothing.
 * Threads: any; rows go to the pool.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_TURN_SCREEN_TURN_H
#define LUTIST_VIEWER_TURN_SCREEN_TURN_H

#include <stddef.h>

#include "viewer/screen/screen_pixels.h"

/* Memory between the two steps; zeroed: none. */
typedef struct ScreenScratch {
    uint32_t *pixels; /* owned */
    size_t capacity;  /* of them */
} ScreenScratch;

void screen_scratch_term(ScreenScratch *scratch);

/* As screen_pixels_convert, then `quarters` clockwise, 0 to 3. Fails: ERR_MEMORY,
 * ERR_CANCELLED; `out` is then partly written. */
bool screen_turn_convert(const Image *image, const ScreenLook *look, int quarters,
                         ScreenScratch *scratch, uint32_t *out, Pool *pool,
                         Cancel *cancel, Err *err);

#endif
