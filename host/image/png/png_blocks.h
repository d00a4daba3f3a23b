/* png_blocks — metadata in a PNG file's chunks, by way of libpng.
 *
 * EXIF is in eXIf, the profile in iCCP, XMP in an iTXt. Where there is no profile,
 * sRGB, gAMA and cHRM say what the colours mean. EXIF and texts are read by png_chunks.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_PNG_BLOCKS_H
#define LUTIST_IMAGE_PNG_PNG_BLOCKS_H

#include "image/meta/meta.h"
#include "image/png/png_errors.h"

/* After png_chunks_read and png_read_info. */
void png_blocks_take(png_structp png, png_infop info, Meta *meta);
/* Before png_write_info, after png_set_IHDR. *notes tells of a profile that is left
 * out. */
void png_blocks_put(png_structp png, png_infop info, const Meta *meta, Notes *notes);
/* After png_write_info: cICP, XMP, IPTC and the texts. */
void png_blocks_put_texts(png_structp png, const Meta *meta);

#endif
