/* halve_image — images at half their size, for looking at large ones from far.
 *
 * Threads: any; rows of one call go to the pool.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_CONVERT_HALVE_IMAGE_H
#define LUTIST_PIPE_CONVERT_HALVE_IMAGE_H

#include "base/thread/pool.h"
#include "image/image.h"

/* Half the size in both directions (odd edges rounded up), each pixel the mean of its
 * 2×2, of what there is of them at an odd edge. Fails: ERR_MEMORY, ERR_CANCELLED. */
Image *halve_image(const Image *source, Pool *pool, Cancel *cancel, Err *err);

#endif
