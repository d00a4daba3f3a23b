/* image — pixels in memory: refcounted, rows aligned to 64 bytes.
 *
 * A sample is a uint8_t (depth 8) or a native-endian uint16_t (depth 16), 0 is black.
 * Channels are interleaved: 1 gray, 2 gray + alpha, 3 RGB, 4 RGBA; alpha is not
 * premultiplied. A shared image is not written to.
 * Threads: the counter is atomic; pixels are immutable while shared.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_IMAGE_H
#define LUTIST_IMAGE_IMAGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "image/meta/meta.h"

/* The layout of a row of pixels, in memory or in a file. */
typedef struct ImageInfo {
    int width;    /* pixels, 1 and up */
    int height;   /* rows, 1 and up */
    int channels; /* 1, 2, 3 or 4 */
    int depth;    /* 8 or 16 bits a sample */
} ImageInfo;

typedef struct Image {
    /* immutable after new */
    ImageInfo info;
    size_t stride; /* bytes from one row to the next, a multiple of 64 */
    uint8_t *data; /* row 0 */
    Meta *meta;    /* shared; NULL where there is none */
    size_t mapped; /* bytes of the file that `data` maps (disk_image.h); 0: memory */
    /* atomic */
    atomic_int refs;
} Image;

/* Pixels are not cleared. Fails: ERR_MEMORY. */
Image *image_new(ImageInfo info, Err *err);
/* For those who make an image's memory: image_memory() aligned to 64, which the image
 * owns from here on. NULL gives NULL. `mapped`: as in Image. */
Image *image_new_at(ImageInfo info, uint8_t *data, size_t mapped);
/* The same in the memory of *spare, an image that is not shared, or NULL. New pages
 * cost more than a kernel; used ones cost nothing. A spare that does not fit is freed.
 * *spare is NULL afterwards, also on failure. */
Image *image_reuse(Image **spare, ImageInfo info, Err *err);
Image *image_ref(Image *image);
/* Nulls *image; NULL is fine. */
void image_unref(Image **image);
/* Does anybody but the caller hold a reference? */
bool image_is_shared(const Image *image);

/* Bytes of an image in memory; SIZE_MAX: more than can be counted. */
size_t image_memory(ImageInfo info);
/* Bytes of one row without padding. */
size_t image_row_bytes(ImageInfo info);
uint8_t *image_row(const Image *image, int y);
/* Have both one size, depth and number of channels, and the same samples? */
bool image_same(const Image *a, const Image *b);
/* The same of their first rows; the heights may differ. */
bool image_same_rows(const Image *a, const Image *b, int rows);
static inline bool image_has_alpha(ImageInfo info)
{
    return info.channels == 2 || info.channels == 4;
}

#endif
