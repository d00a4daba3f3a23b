/* jpeg_blocks — metadata in a JPEG file's APP segments.
 *
 * A segment holds at most 65,533 bytes. ICC and APP13 data go over several; EXIF and
 * XMP must fit into one.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_BLOCKS_H
#define LUTIST_IMAGE_JPEG_BLOCKS_H

#include "image/jpeg_trap.h"
#include "image/meta.h"

/* Before jpeg_read_header: keep the segments that jpeg_blocks_take looks at. */
void jpeg_blocks_keep(struct jpeg_decompress_struct *cinfo);
/* After jpeg_read_header. */
void jpeg_blocks_take(struct jpeg_decompress_struct *cinfo, Meta *meta);

/* Before jpeg_start_compress. */
void jpeg_blocks_put_density(struct jpeg_compress_struct *cinfo, const Meta *meta);
/* After jpeg_start_compress, before the first row. A block that does not fit is left
 * out, with a line in the log. */
void jpeg_blocks_put(struct jpeg_compress_struct *cinfo, const Meta *meta);

#endif
