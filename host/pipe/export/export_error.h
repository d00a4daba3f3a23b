/* export_error — how far a table that has been read back is from the look.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPORT_EXPORT_ERROR_H
#define LUTIST_PIPE_EXPORT_EXPORT_ERROR_H

#include "base/thread/pool.h"
#include "pipe/cube/cube_tables.h"
#include "pipe/plan/plan.h"

/* Errors of one channel of a colour, both values clamped to 0 to 1, in steps of 8
 * bits. */
typedef struct ExportError {
    double largest, mean;
    int at[3]; /* of the largest: red, green and blue from 0 to 255 */
} ExportError;

/* Over the colours of export_colors.h. `table` has a cube or, over 0 to 1, curves;
 * `look` is a plan of 256 points (plan_points.h). The pool and the cancel may be NULL.
 * Fails: ERR_CANCELLED. */
bool export_error_find(const CubeTables *table, const Plan *look, Pool *pool,
                       Cancel *cancel, ExportError *error, Err *err);

#endif
