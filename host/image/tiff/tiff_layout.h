/* tiff_layout — the layout of a TIFF file's stored pixels.
 *
 * Stored pixels may have 1 to 16 bits, white or black at 0, a palette, inks,
 * premultiplied alpha, extra samples, or a plane for each sample. They become gray or
 * RGB of 8 or 16 bits, with or without alpha.
 * Threads: immutable once read; a layout borrows from its TIFF handle.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_LAYOUT_H
#define LUTIST_IMAGE_TIFF_TIFF_LAYOUT_H

#include "image/image.h"
#include "image/profile/profile_transform.h"
#include "image/tiff/tiff_file.h"

enum { TIFF_SAMPLES_MAX = 32 };

typedef enum TiffKind {
    TIFF_GRAY,
    TIFF_RGB,
    TIFF_PALETTE, /* one sample is an index */
    TIFF_INKS,    /* cyan, magenta, yellow and black */
    TIFF_YCBCR,   /* not JPEG's: libtiff's reader for display makes RGB of it */
} TiffKind;

typedef struct TiffLayout {
    ImageInfo info; /* of the decoded rows */
    TiffKind kind;
    int bits;                     /* of a stored sample, 1 to 16 */
    int samples;                  /* of a stored pixel, 1 to TIFF_SAMPLES_MAX */
    int alpha;                    /* which of them is alpha; 0: none */
    bool premultiplied;           /* colours have been multiplied by it */
    bool inverted;                /* 0 is white */
    bool separate;                /* each sample has a plane of its own */
    uint16_t *palette[3];         /* borrowed: red, green and blue of an index */
    int palette_shift;            /* from a palette's value to the row's */
    const ProfileTransform *inks; /* borrowed: from TIFF_INKS to RGB; NULL: a formula */
    uint16_t compression;         /* libtiff's number */
    uint32_t strip_rows;          /* rows of a strip or tile */
    uint32_t strip_pixels; /* in each; more than the image's in a tile at the edge */
    uint32_t strips;       /* tiles side by side; 1 where there are none */
} TiffLayout;

/* Read the handle's current directory. Fails: ERR_FILE for a kind that lutist does not
 * read. */
bool tiff_layout_read(const TiffFile *tiff, TiffLayout *layout, Err *err);

/* Smaller images of the picture, the levels of a pyramid, are directories below the
 * first one or behind it (tiff_level.c). Make the smallest level whose longer side has
 * at least `least` pixels the handle's current directory, and *layout its layout. It
 * has the shape, the channels and the depth of *layout, which is the first picture's.
 * False: there is none; the first directory is the current one, and *layout is read
 * anew. */
bool tiff_level_choose(TiffFile *tiff, int least, TiffLayout *layout);

/* Bytes of a row of a strip or tile, of one plane where they are separate. */
size_t tiff_layout_row_bytes(const TiffLayout *layout);
static inline int tiff_layout_planes(const TiffLayout *layout)
{
    return layout->separate ? layout->samples : 1;
}

#endif
