/* scale — resampling for the screen.
 *
 * Down: every source pixel counts with the area it covers (no aliasing). Up: bilinear
 * below 2×, nearest from there on, so that single pixels can be looked at.
 * Threads: row ranges of one call are independent.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_SCALE_H
#define LUTIST_IMAGE_SCALE_H

#include "base/pool.h"
#include "image/image.h"

/* Part of the source plane [x, x + width) × [y, y + height), in source pixels, may
 * have fractions and must lie inside. */
typedef struct ScaleArea {
    double x, y, width, height;
} ScaleArea;

/* A new image of out_width × out_height pixels that shows `area`. Same channels and
 * depth as the source. Fails: ERR_MEMORY, ERR_CANCELLED. */
Image *scale_area(const Image *source, ScaleArea area, int out_width, int out_height,
                  Pool *pool, Cancel *cancel, Err *err);

#endif
