/* fit_size — how large a picture is to become, as a person writes it.
 *
 * "1920x1080": within that box. "long-edge 2000": the longer side is so long. "50%": of
 * both sides. The proportions stay, and no picture is enlarged.
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SCALE_FIT_SIZE_H
#define LUTIST_PIPE_SCALE_FIT_SIZE_H

#include "image/image.h"

typedef struct FitSize {
    int width, height; /* of the box; 0: there is none */
    double share;      /* of both sides, above 0 and at most 1; 0: the box counts */
} FitSize;             /* zeros: pictures keep their size */

/* Fails: ERR_USAGE. */
bool fit_size_parse(const char *text, FitSize *fit, Err *err);
/* The size of a picture of that size; each side is 1 and up. */
ImageInfo fit_size_of(const FitSize *fit, ImageInfo info);

#endif
