/* bmp_header — the header of a Windows or OS/2 bitmap.
 *
 * Threads: pure; the file's position moves.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_BITMAP_BMP_HEADER_H
#define LUTIST_IMAGE_BITMAP_BMP_HEADER_H

#include "image/bitmap/palette.h"
#include "image/codec/source.h"

/* A channel in the bits of a pixel. */
typedef struct BmpMask {
    int shift;    /* of its lowest bit */
    uint32_t max; /* its largest value; 0: there is no such channel */
} BmpMask;

typedef struct BmpHeader {
    ImageInfo info;   /* of the decoded rows */
    int bits;         /* of a stored pixel; up to 8: an index */
    bool runs;        /* run lengths of 4 or 8 bits */
    bool from_top;    /* the first row stored is the upper one */
    uint64_t at;      /* where pixels begin */
    Palette palette;  /* of indices */
    BmpMask masks[4]; /* red, green, blue and alpha, of 16 and 32 bits */
} BmpHeader;

/* The file is at its start. The profile of a newer header goes to meta->icc. Fails:
 * ERR_FILE where the header is damaged or the kind is not supported. */
bool bmp_header_read(const Source *source, BmpHeader *header, Meta *meta, Err *err);

/* Bytes of a stored row without run lengths. */
static inline size_t bmp_header_row_bytes(const BmpHeader *header)
{
    return ((size_t)header->info.width * (size_t)header->bits + 31) / 32 * 4;
}

#endif
