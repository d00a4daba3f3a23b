/* decode_raw — a camera's raw file as rows of 16 bits.
 *
 * LibRaw develops the picture whole, with the first row (raw_file.h).
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_RAW_DECODE_RAW_H
#define LUTIST_IMAGE_RAW_DECODE_RAW_H

#include "image/codec/format.h"

extern const DecoderCalls decode_raw;

#endif
