/* pyramid — a picture in all sizes: an image and its halved sizes, each made once.
 *
 * A view from far away reads a small image instead of the whole large one. Until the
 * image is decoded a pyramid may be rough: it has a reduced image in its place.
 * Threads: the counter is atomic; all functions from any thread at once.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_PYRAMID_H
#define LUTIST_VIEWER_PICTURE_PYRAMID_H

#include "pipe/scale/scale.h"

enum {
    PYRAMID_LEVELS = 16,
    PYRAMID_SMALLEST = 512, /* pixels: of this side no window needs the half at once */
    PYRAMID_ROUGH = 1000    /* pixels of a rough one's longer side, at least */
};

typedef struct Pyramid Pyramid;

/* Pixels of an image. */
typedef struct PyramidPart {
    int x, y, width, height;
} PyramidPart;

/* Takes a reference to `image`. */
Pyramid *pyramid_new(Image *image);
/* With halved sizes that are made already; takes references to all. */
Pyramid *pyramid_new_levels(Image *const *levels, int count);
/* Of an image that was halved so often from one of the layout `full`; the sizes before
 * it are missing, and views that need them are not allowed. With the memory of another
 * pyramid's halved sizes, which nobody else may hold. *spare may be NULL, and is
 * afterwards. */
Pyramid *pyramid_new_in(ImageInfo full, Image *image, int halvings, Pyramid **spare);
/* Drop the image and keep the halved sizes, as memory for another. Nulls *pyramid,
 * which nobody else may hold. */
Pyramid *pyramid_strip(Pyramid **pyramid);
/* A rough one of a picture of `width` × `height` pixels; `reduced` shows all of it. */
Pyramid *pyramid_new_rough(int width, int height, Image *reduced);
Pyramid *pyramid_ref(Pyramid *pyramid);
/* Nulls *pyramid; NULL is fine. */
void pyramid_unref(Pyramid **pyramid);
/* Take an image out of a picture that goes, as memory for another; it may then only be
 * given back. NULL: there is no such size, or somebody else holds it. */
Image *pyramid_take_image(Pyramid *pyramid, int halvings);
/* A rough one in the memory of the smallest size whose longer side has `least` pixels,
 * of a full one that nobody else holds. NULL: that is the image itself, or there is
 * none. */
Pyramid *pyramid_new_roughly(Pyramid *full, int least);
/* Does anybody but the caller hold a reference? */
bool pyramid_is_shared(const Pyramid *pyramid);

/* The layout of the picture at its full size. */
ImageInfo pyramid_info(const Pyramid *pyramid);
/* The image at its full size; borrowed. NULL: the pyramid is rough, or begins halved.
 */
Image *pyramid_image(const Pyramid *pyramid);

/* The largest image: at full size, or the reduced one; borrowed. */
Image *pyramid_largest(const Pyramid *pyramid);

/* The halvings of the image before its largest size that is kept. */
int pyramid_first(const Pyramid *pyramid);
/* The halvings of the image that a view of `area` needs. */
int pyramid_halvings(ScaleArea area, int out_width, int out_height);
/* What such a view reads of that image; `full` is the picture's layout. */
PyramidPart pyramid_part(ImageInfo full, ScaleArea area, int out_width, int out_height);
/* A new image of out_width × out_height that shows `area` (of the full-size image).
 * Fails: ERR_MEMORY, ERR_CANCELLED; finished halvings are kept. */
Image *pyramid_view(Pyramid *pyramid, ScaleArea area, int out_width, int out_height,
                    Pool *pool, Cancel *cancel, Err *err);

#endif
