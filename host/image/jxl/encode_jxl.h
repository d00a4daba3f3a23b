/* encode_jxl — rows as a JPEG XL file, lossy or lossless, 8 or 16 bits.
 *
 * libjxl wants the whole picture.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JXL_ENCODE_JXL_H
#define LUTIST_IMAGE_JXL_ENCODE_JXL_H

#include "image/codec/format.h"

extern const EncoderCalls encode_jxl;

#endif
