/* decode_jpeg — a JPEG file as rows.
 *
 * Damage is refused, also where libjpeg would only warn and go on. Rows stream, but all
 * coefficients are held of a progressive file and of one with a scan a component.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_DECODE_JPEG_H
#define LUTIST_IMAGE_JPEG_DECODE_JPEG_H

#include "image/codec/format.h"

extern const DecoderCalls decode_jpeg;

#endif
