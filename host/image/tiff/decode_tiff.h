/* decode_tiff — a TIFF file as rows.
 *
 * The first page. A strip or a row of tiles is held at a time; of strips of more than a
 * few megabytes only a row and its packed strip, unless each sample has a plane of its
 * own. A complaint of libtiff's that costs pixels fails.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_DECODE_TIFF_H
#define LUTIST_IMAGE_TIFF_DECODE_TIFF_H

#include "image/codec/format.h"

extern const DecoderCalls decode_tiff;

#endif
