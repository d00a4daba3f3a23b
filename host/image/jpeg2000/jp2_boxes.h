/* jp2_boxes — what a JP2 file says of its samples, and its metadata.
 *
 * OpenJPEG tells most of it only with the pixels.
 * Threads: pure; the file's position moves.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG2000_JP2_BOXES_H
#define LUTIST_IMAGE_JPEG2000_JP2_BOXES_H

#include "image/codec/source.h"
#include "image/meta/meta.h"

/* The enumerated colour spaces of JP2. */
enum { JP2_CMYK = 12, JP2_SRGB = 16, JP2_GRAY = 17, JP2_YCC = 18 };

typedef struct Jp2Header {
    int space;        /* one of the above or another; 0: a profile, or unknown */
    bool has_alpha;   /* a component is opacity */
    int palette;      /* channels that a palette makes of the component; 0: none */
    int palette_bits; /* of its largest samples */
} Jp2Header;

/* From a JP2 file at its start. Profile, EXIF and XMP become *meta's. Fails: ERR_FILE
 * (damaged, cut short), ERR_MEMORY, ERR_CANCELLED. */
bool jp2_boxes_read(const Source *source, Jp2Header *header, Meta *meta, Err *err);

#endif
