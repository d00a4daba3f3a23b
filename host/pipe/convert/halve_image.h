/* halve_image — images at half their size, for views that show a large image small.
 *
 * Threads: any; rows of one call go to the pool.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_CONVERT_HALVE_IMAGE_H
#define LUTIST_PIPE_CONVERT_HALVE_IMAGE_H

#include "base/thread/pool.h"
#include "image/image.h"

/* Half the size in both directions (odd edges rounded up). Each pixel is the mean of
 * its 2×2, at an odd edge of those that exist. *spare: memory for it, as image_reuse
 * says. Fails: ERR_MEMORY, ERR_CANCELLED. */
Image *halve_image(const Image *source, Image **spare, Pool *pool, Cancel *cancel,
                   Err *err);
/* The layout of that image. */
ImageInfo halve_image_info(ImageInfo info);
/* Its rows [y, y + count) alone, into `out` of that layout. False: cancelled. */
bool halve_image_rows(const Image *source, Image *out, int y, int count, Pool *pool,
                      Cancel *cancel);

/* Can an image of the layout go through the tables on the way, and is that faster? */
bool halve_image_is_through(ImageInfo info, const void *const tables[3]);
/* All rows, in the calling thread, of what lut1d makes of `source`: each sample is
 * replaced by its entry in its channel's table, where halve_image_is_through. */
void halve_image_through(const Image *source, const void *const tables[3], Image *out);

#endif
