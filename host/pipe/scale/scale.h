/* scale — resampling for the screen.
 *
 * Down, and up below 2×: the Catmull-Rom cubic, stretched over the source pixels that
 * an output pixel stands for, which keeps edges crisp and fine patterns free of moiré.
 * Up from 2× on: the nearest, so that single pixels can be looked at.
 * Threads: row ranges of one call are independent.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SCALE_SCALE_H
#define LUTIST_PIPE_SCALE_SCALE_H

#include "base/thread/pool.h"
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
