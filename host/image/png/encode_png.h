/* encode_png — rows into a PNG file.
 *
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_ENCODE_PNG_H
#define LUTIST_IMAGE_PNG_ENCODE_PNG_H

#include "image/codec/format.h"

extern const EncoderCalls encode_png;

#endif
