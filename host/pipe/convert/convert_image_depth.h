/* convert_image_depth — an image of 8 bits a sample made of one of 16, and the reverse.
 *
 * 8 bits become 16 exactly (times 257) and come back unchanged; 16 bits become 8 by
 * rounding.
 * Threads: any; rows of one call go to the pool.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_CONVERT_CONVERT_IMAGE_DEPTH_H
#define LUTIST_PIPE_CONVERT_CONVERT_IMAGE_DEPTH_H

#include "base/thread/pool.h"
#include "image/image.h"

/* n samples of 16 bits as 8. */
void convert_samples_to_u8(uint8_t *out, const uint16_t *samples, size_t n);
/* `source` at `depth` (8 or 16), with its meta: a new image, or another reference if it
 * has that depth already. Fails: ERR_MEMORY. */
Image *convert_image_depth(Image *source, int depth, Pool *pool, Err *err);

#endif
