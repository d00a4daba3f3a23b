/* exif — what lutist reads and changes in an EXIF block, in place.
 *
 * The block is a TIFF structure whose offsets come from a file and may say anything:
 * what leads outside is left alone. No byte moves, so that makers' notes, which count
 * from anywhere, stay right.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_EXIF_H
#define LUTIST_IMAGE_META_EXIF_H

#include <stdbool.h>

#include "image/meta/block.h"

/* The bytes behind JPEG's mark "Exif\0\0", which some writers bring along into other
 * formats; all of them where it is not there. Borrowed. */
Block exif_behind_mark(const uint8_t *data, size_t size);

/* 1 to 8; 1 where none is declared or the block is broken. */
int exif_orientation(const Block *exif);
/* Make the orientation 1. False: none is declared. */
bool exif_set_upright(Block *exif);
/* Every size that the block declares for the image becomes this one. */
void exif_set_size(Block *exif, int width, int height);
/* Unlink the thumbnail and wipe its bytes, but for those that something else uses, too;
 * at the end of the block they are cut off. */
void exif_drop_thumbnail(Block *exif);

#endif
