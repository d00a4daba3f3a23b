/* scale_row — a row of output pixels from the sums of its source rows.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SCALE_SCALE_ROW_H
#define LUTIST_PIPE_SCALE_SCALE_ROW_H

#include "image/image.h"
#include "pipe/scale/scale_axis.h"

/* How many floats stand behind the sums; they are multiplied by 0. */
size_t scale_row_slack(const ScaleAxis *columns, int channels);

/* The pixels of `out`, of the layout `info`, from `sums`: of the columns from
 * columns->low on, a float a channel, colours times alpha. `pixels` is scratch, four
 * floats an output pixel. */
void scale_row_put(const ScaleAxis *columns, const float *sums, float *pixels,
                   ImageInfo info, uint8_t *out);

#endif
