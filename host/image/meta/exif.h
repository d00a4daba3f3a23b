/* exif — values that lutist reads and changes in an EXIF block, in place.
 *
 * The block is a TIFF structure. Its offsets come from a file and may have any value:
 * one that leads outside is left alone. No byte moves, so that the offsets in makers'
 * notes stay right.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_EXIF_H
#define LUTIST_IMAGE_META_EXIF_H

#include <stdbool.h>

#include "image/meta/block.h"

/* The block without JPEG's mark "Exif\0\0", which some writers put into other formats,
 * too. Borrowed. */
Block exif_behind_mark(const uint8_t *data, size_t size);

/* 1 to 8; 1 where none is declared or the block is broken. */
int exif_orientation(const Block *exif);
/* Dots per inch; 0 where none are declared. */
double exif_dpi(const Block *exif);
/* Make the orientation 1. False: none is declared. */
bool exif_set_upright(Block *exif);
/* Set every declared size of the image to this one. */
void exif_set_size(Block *exif, int width, int height);
/* Does it declare Adobe RGB: "R03" as DCF's interoperability index, or a ColorSpace of
 * 2, as some cameras write? Not where ColorSpace says sRGB. */
bool exif_is_adobe_rgb(const Block *exif);
/* Where a colour space is declared, declare sRGB, or that a profile tells it. */
void exif_set_colors(Block *exif, bool srgb);
/* Unlink the thumbnail and wipe its bytes, except those that another field uses; at the
 * end of the block they are cut off. */
void exif_drop_thumbnail(Block *exif);

#endif
