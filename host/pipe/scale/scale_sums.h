/* scale_sums — one output row of a scaled picture: sums of source rows, then of their
 * columns.
 *
 * Threads: one at a time for each ScaleSums.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SCALE_SCALE_SUMS_H
#define LUTIST_PIPE_SCALE_SCALE_SUMS_H

#include "image/image.h"
#include "pipe/scale/scale_axis.h"

typedef struct ScaleSums {
    const void **rows; /* owned, room for `taps`: the source rows that are to be added,
                          whole; the caller sets them */
    /* private */
    const ScaleAxis *columns; /* borrowed */
    ImageInfo in;             /* of the source rows */
    int width;                /* of the output row */
    float *sums;              /* owned: of the rows, columns [low, high) */
    float *pixels;            /* owned: of the columns */
} ScaleSums;

/* The axis of rows like `in`: [from, from + extent) of them become `out`. Fails:
 * ERR_MEMORY. */
bool scale_sums_axis(ScaleAxis *rows, double from, double extent, ImageInfo in, int out,
                     Err *err);

/* `taps`: the most source rows of an output row. Fails: ERR_MEMORY; term it either
 * way. */
bool scale_sums_init(ScaleSums *sums, const ScaleAxis *columns, int taps, ImageInfo in,
                     int width, Err *err);
void scale_sums_term(ScaleSums *sums);
/* The bytes that scale_sums_init takes. */
uint64_t scale_sums_memory(int taps, ImageInfo in, int width);

/* Add up sums->rows, those of output row y, each times its weight. */
void scale_sums_add(ScaleSums *sums, const ScaleAxis *rows, int y);
/* The output row of these sums, in the depth of the source rows. */
void scale_sums_put(const ScaleSums *sums, uint8_t *out);

/* The n sums of samples like `in` of output row y's source rows, `from`, each row times
 * its weight; colours times alpha, in whole pixels. */
void scale_sums_of(ImageInfo in, float *sums, const void *const *from,
                   const ScaleAxis *rows, int y, size_t n);

#endif
