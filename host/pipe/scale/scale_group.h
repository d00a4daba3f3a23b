/* scale_group — eight output rows of a scaled picture at once.
 *
 * The same samples as those of scale_sums, which takes a row at a time.
 * Threads: one at a time for each ScaleGroup.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SCALE_SCALE_GROUP_H
#define LUTIST_PIPE_SCALE_SCALE_GROUP_H

#include "image/image.h"
#include "kernels.h"
#include "pipe/scale/scale_axis.h"

enum { SCALE_GROUP_ROWS = WEIGH_GROUP };

typedef struct ScaleGroup {
    /* private */
    const Image *source, *out;       /* borrowed */
    const ScaleAxis *columns, *rows; /* borrowed */
    const void **from;               /* owned: the source rows of an output row */
    float *block;  /* owned: a few columns' sums of the source rows, row after row */
    float *sums;   /* owned: all of them, as a group, columns [low, high) */
    float *pixels; /* owned: of the columns, as a group */
} ScaleGroup;

/* From `source` to `out`. False: out of memory; term it either way. */
bool scale_group_init(ScaleGroup *group, const Image *source, const ScaleAxis *columns,
                      const ScaleAxis *rows, const Image *out);
void scale_group_term(ScaleGroup *group);
/* Write the output rows from y on, before `end`, as many as a group has. */
void scale_group_put(ScaleGroup *group, int y, int end);

#endif
