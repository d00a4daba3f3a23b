/* decode_jpeg2000 — a JPEG 2000 file, JP2 or a bare codestream, as rows.
 *
 * OpenJPEG holds the picture whole, 32 bits a sample; it is decoded with the first row.
 * Up to 8 bits become 8, more become 16.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG2000_DECODE_JPEG2000_H
#define LUTIST_IMAGE_JPEG2000_DECODE_JPEG2000_H

#include "image/codec/format.h"

extern const DecoderCalls decode_jpeg2000;

#endif
