/* png_blocks — metadata in a PNG file's chunks.
 *
 * EXIF is in eXIf, the profile in iCCP, XMP in an iTXt. Where there is no profile,
 * sRGB, gAMA and cHRM say what the colours mean.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_BLOCKS_H
#define LUTIST_IMAGE_PNG_BLOCKS_H

#include "image/meta.h"
#include "image/png_trap.h"

/* Chunks behind the pixels. EXIF may stand there, and the orientation is wanted before
 * the first row. The file's position is not moved. */
void png_blocks_take_late(FILE *file, Meta *meta);
/* After png_read_info. */
void png_blocks_take(png_structp png, png_infop info, Meta *meta);
/* Before png_write_info, after png_set_IHDR. */
void png_blocks_put(png_structp png, png_infop info, const Meta *meta);

#endif
