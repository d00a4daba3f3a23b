/* encode_jpeg — rows into a JPEG file.
 *
 * Huffman tables are the standard ones: better ones need the whole image in memory.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_ENCODE_JPEG_H
#define LUTIST_IMAGE_JPEG_ENCODE_JPEG_H

#include "image/codec/format.h"

extern const EncoderCalls encode_jpeg;

#endif
