/* clip_marks — clipped samples, marked in the pixels of a picture.
 *
 * A pixel with a sample at the low end gets one colour, with one at the high end
 * another, with both stripes of the two. Transparent pixels stay.
 * Threads: any; rows go to the pool.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCOPE_CLIP_MARKS_H
#define LUTIST_VIEWER_SCOPE_CLIP_MARKS_H

#include <stdint.h>

#include "base/thread/pool.h"
#include "image/image.h"
#include "viewer/scope/clip.h"

typedef struct ClipColors {
    uint32_t low, high; /* 0xAARRGGBB, opaque */
} ClipColors;

/* `pixels` are those that screen_pixels_convert made of `image`. False: cancelled,
 * partly marked. */
bool clip_marks_paint(const Image *image, ClipLimits limits, ClipColors colors,
                      uint32_t *pixels, Pool *pool, Cancel *cancel);

#endif
