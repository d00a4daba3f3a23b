/* screen_pixels — converts an image for the screen: 8 bits, opaque, a uint32_t a pixel.
 *
 * Transparent parts are laid over a checkerboard of neutral grays. 16 bits become 8
 * with rounding, or with a pattern of 16 × 16 thresholds (ordered dithering, Bayer
 * 1973), whose mean is the 16-bit value; gray becomes red = green = blue.
 * Threads: any; rows go to the pool.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCREEN_SCREEN_PIXELS_H
#define LUTIST_VIEWER_SCREEN_SCREEN_PIXELS_H

#include "base/thread/pool.h"
#include "image/image.h"
#include "viewer/scope/clip_marks.h"

typedef struct Checker {
    int size; /* of a square, in pixels; 1 and up */
    int x, y; /* where a square starts; any value */
} Checker;

/* What becomes of 16 bits. A screen of more than 8 bits shows the sum of the last two.
 */
typedef enum ScreenLayer {
    SCREEN_ROUNDED, /* or dithered */
    SCREEN_STEPS,   /* rounded down to steps of 1/255 */
    SCREEN_REST     /* what that leaves: 0 to 1 is a step */
} ScreenLayer;

typedef struct ScreenLook {
    Checker checker;
    ScreenLayer layer;
    bool dither; /* 16 bits by thresholds, with SCREEN_ROUNDED */
    bool marked; /* clipped pixels get these colours */
    Clip clip;
    ClipColors marks;
} ScreenLook;

/* `out` holds width × height pixels, 0xAARRGGBB in the machine's byte order, rows
 * without padding. False: cancelled, partly written. */
bool screen_pixels_convert(const Image *image, const ScreenLook *look, uint32_t *out,
                           Pool *pool, Cancel *cancel);

#endif
