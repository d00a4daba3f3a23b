/* sketch — a small rough image of a large one whose rows can be read in any order.
 *
 * Of every `step` rows two are read, and every `step` columns of both become one pixel,
 * their mean. At the right and lower edges fewer may be left.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_SKETCH_H
#define LUTIST_IMAGE_CODEC_SKETCH_H

#include "image/image.h"

/* The largest step with which the sketch's longer side has `least` pixels; below 4 it
 * is 0: about all would be read. */
int sketch_step(ImageInfo full, int least);
ImageInfo sketch_info(ImageInfo full, int step);
/* Number 0 or 1 of the two rows of the image that row `y` is made of. */
int sketch_row(ImageInfo full, int step, int y, int number);
/* A row of the sketch from those two. Samples are as in image.h. */
void sketch_mean(ImageInfo full, int step, const uint8_t *const rows[2], uint8_t *out);

#endif
