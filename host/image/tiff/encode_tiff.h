/* encode_tiff — rows into a TIFF file.
 *
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_ENCODE_TIFF_H
#define LUTIST_IMAGE_TIFF_ENCODE_TIFF_H

#include "image/codec/format.h"

extern const EncoderCalls encode_tiff;

#endif
