/* meta — a file's metadata, carried from input to output; refcounted.
 *
 * Blocks are kept as bytes. The EXIF orientation is applied when pixels are read, so
 * the tag in `exif` is always 1 (upright).
 * Threads: the counter is atomic; immutable once an image or a reader shares it.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_META_H
#define LUTIST_IMAGE_META_META_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/file/permissions.h"
#include "base/thread/cancel.h"
#include "image/meta/block.h"

typedef struct Meta {
    /* owned */
    Block exif; /* a TIFF structure, "II*\0…" or "MM\0*…", without the "Exif\0\0" */
    Block icc;  /* an ICC profile */
    Block xmp;  /* an XMP packet, UTF-8 */
    Block iptc; /* a JPEG APP13 payload, "Photoshop 3.0\0…" */
    Block texts; /* PNG's chunks tEXt, zTXt and iTXt, each whole, one after the other */
    Block comments; /* without a keyword, of JPEG and GIF: each behind its size, four
                       bytes with the highest first, and before a zero */
    Block geo; /* of a TIFF file: where on the earth it lies, as a TIFF structure with
                  GeoTIFF's and GDAL's fields */
    int geo_width, geo_height; /* of the picture that `geo` is about */
    Block coding;       /* of a JPEG file (image/jpeg/jpeg_coding.h); not metadata, so
                           meta_bytes does not count it */
    Permissions access; /* of the file itself: no output is more open */
    double dpi;         /* dots per inch; 0: unknown */
    /* PNG's chunks about the colour space, for files without a profile; TIFF has the
     * last, also beside a profile. */
    uint8_t cicp[4];   /* cICP: primaries, transfer, matrix, full range; or zeros */
    int srgb_intent;   /* 1 + the sRGB rendering intent; 0: not declared */
    int32_t gamma;     /* gAMA: the file's gamma × 100,000; 0: not declared */
    int32_t chroma[8]; /* cHRM: x, y of white, red, green, blue × 100,000; TIFF may
                          have white or the others alone; zeros: not declared */
    /* atomic */
    atomic_int refs;
} Meta;

Meta *meta_new(void);
Meta *meta_ref(Meta *meta); /* NULL gives NULL */
void meta_unref(Meta **meta);
/* Bytes of memory that its blocks take. */
uint64_t meta_bytes(const Meta *meta);
/* Replace `block` by a copy of the bytes. Fails: ERR_MEMORY. */
bool meta_set(Block *block, const void *data, size_t size, Err *err);
void meta_drop(Block *block);
/* Append bytes (NULL: zeros) to a block that is empty or was made by this function. The
 * room doubles, so that small pieces cost no more than large ones. Fails:
 * ERR_MEMORY. */
bool meta_append(Block *block, const void *data, size_t size, Err *err);

/* To a Meta's comments. Fails: ERR_MEMORY. */
bool meta_add_comment(Block *comments, const void *data, size_t size, Err *err);
/* The first one of `rest`, which goes on behind it. A zero follows the
 * comment's bytes. False: there is none. */
bool meta_next_comment(Block *rest, Block *comment);

/* Why the ICC profile cannot stand in an image of that many channels, in words that
 * follow "it is": a gray profile cannot describe colours, and a CMYK profile none of
 * ours. NULL: it can, or there is none, or it is too damaged to tell. */
const char *meta_icc_misfit(const Meta *meta, int channels);
/* Is there an ICC profile that can stand there? */
bool meta_icc_fits(const Meta *meta, int channels);

/* The orientation (1 to 8) that an EXIF block declares; 1 where it declares none or
 * is broken. */
int meta_orientation(const Meta *meta);
/* Set the orientation tag to 1 where there is one, and then XMP's copy of it too.
 * Fails: ERR_MEMORY, ERR_CANCELLED. */
bool meta_set_upright(Meta *meta, Cancel *cancel, Err *err);
/* A copy with another ICC profile, of sRGB or not, and without what PNG and EXIF say of
 * the colours beside one. Fails: ERR_MEMORY. */
Meta *meta_with_icc(const Meta *meta, const Block *icc, bool srgb, Err *err);
/* Take out all but what tells the colours: EXIF, XMP, IPTC, texts, comments, the place
 * on the earth, the resolution. */
void meta_strip(Meta *meta);
/* Take out what tells the colours: the profile, and PNG's chunks. */
void meta_strip_colors(Meta *meta);
/* A copy for an output of this size: declared sizes become this one, and thumbnails,
 * which show the picture as it was, are taken out, and so is `geo` where the size is
 * another one. Fails: ERR_MEMORY, ERR_CANCELLED. */
Meta *meta_for_output(const Meta *meta, int width, int height, Cancel *cancel,
                      Err *err);

#endif
