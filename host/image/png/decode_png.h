/* decode_png — a PNG file as rows.
 *
 * Rows stream, but an interlaced file is held whole from the first row read on.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_DECODE_PNG_H
#define LUTIST_IMAGE_PNG_DECODE_PNG_H

#include "image/codec/format.h"

extern const DecoderCalls decode_png;

#endif
