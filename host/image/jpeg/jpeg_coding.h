/* jpeg_coding — the quantisation tables and the subsampling of a JPEG file: of a
 * quality, or carried from the file that it is made of.
 *
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_JPEG_CODING_H
#define LUTIST_IMAGE_JPEG_JPEG_CODING_H

#include "image/jpeg/jpeg_errors.h"
#include "image/meta/meta.h"

enum { JPEG_CODING_QUALITY = 92 }; /* unless another is asked for */

/* After jpeg_set_defaults: `quality` is 1 to 100. Chroma is kept at full resolution
 * from 90 on, and halved below. */
void jpeg_coding_set(j_compress_ptr cinfo, int quality);
/* After jpeg_read_header: into meta->coding. A file of inks has none, and neither has
 * one whose tables come later. Fails: ERR_MEMORY. */
bool jpeg_coding_take(j_decompress_ptr cinfo, Meta *meta, Err *err);
/* After jpeg_set_defaults. False: `meta` has none for so many components. */
bool jpeg_coding_put(j_compress_ptr cinfo, const Meta *meta);

#endif
