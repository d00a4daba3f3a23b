/* screen_pixels — converts an image for the screen: 8 bits, opaque, a uint32_t a pixel.
 *
 * Transparent parts are laid over a checkerboard of neutral grays. 16 bits become 8
 * with rounding; gray becomes red = green = blue.
 * Threads: any; rows go to the pool.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_SCREEN_PIXELS_H
#define LUTIST_VIEWER_PICTURE_SCREEN_PIXELS_H

#include "base/thread/pool.h"
#include "image/image.h"

typedef struct Checker {
    int size; /* of a square, in pixels; 1 and up */
    int x, y; /* where a square starts; any value */
} Checker;

/* `out` holds width × height pixels, 0xAARRGGBB in the machine's byte order, rows
 * without padding. False: cancelled, partly written. */
bool screen_pixels_convert(const Image *image, Checker checker, uint32_t *out,
                           Pool *pool, Cancel *cancel);

#endif
