/* encode_webp — rows as a WebP file, lossy or lossless.
 *
 * libwebp wants the whole picture, and so does libwebpmux the packed file where there
 * is metadata.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_WEBP_ENCODE_WEBP_H
#define LUTIST_IMAGE_WEBP_ENCODE_WEBP_H

#include "image/codec/format.h"

extern const EncoderCalls encode_webp;

#endif
