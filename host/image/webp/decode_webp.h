/* decode_webp — a WebP file as rows: the picture, or an animation's first frame.
 *
 * The frame is held whole; its chunks are read with the first row. Canvas that the
 * frame does not cover is transparent.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_WEBP_DECODE_WEBP_H
#define LUTIST_IMAGE_WEBP_DECODE_WEBP_H

#include "image/codec/format.h"

extern const DecoderCalls decode_webp;

#endif
