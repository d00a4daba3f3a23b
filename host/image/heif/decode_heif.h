/* decode_heif — a HEIF file (HEIC, AVIF) as rows: its primary picture.
 *
 * libheif holds the picture whole and turns it upright; it is decoded with the first
 * row. 8 bits stay 8, 9 to 16 become 16; gray becomes RGB.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_HEIF_DECODE_HEIF_H
#define LUTIST_IMAGE_HEIF_DECODE_HEIF_H

#include "image/codec/format.h"

extern const DecoderCalls decode_heic, decode_avif; /* differ in what they hold */

#endif
