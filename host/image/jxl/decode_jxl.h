/* decode_jxl — a JPEG XL file as rows: the picture, or an animation's first frame.
 *
 * libjxl holds the picture whole and turns it upright; it is decoded with the first
 * row. Up to 8 bits become 8, more become 16.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JXL_DECODE_JXL_H
#define LUTIST_IMAGE_JXL_DECODE_JXL_H

#include "image/codec/format.h"

extern const DecoderCalls decode_jxl;

#endif
