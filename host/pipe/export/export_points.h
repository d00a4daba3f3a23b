/* export_points — the look at the points of a table, a slice at a time.
 *
 * A slice of a lattice has one blue: size * size points, red's index rising fastest. A
 * slice of a curve table has some of its points.
 * Threads: one at a time for each value.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPORT_EXPORT_POINTS_H
#define LUTIST_PIPE_EXPORT_EXPORT_POINTS_H

#include "base/thread/cancel.h"
#include "base/thread/pool.h"
#include "pipe/plan/plan.h"

typedef struct ExportPoints {
    /* immutable after init */
    const Plan *plan; /* of as many points; borrowed */
    Pool *pool;       /* borrowed, as the cancel; both may be NULL */
    Cancel *cancel;
    int dimensions; /* 1 or 3 */
    int size;       /* points, or points a side */
    int slices;
    size_t most; /* points in a slice */
    /* of the last slice */
    double *planes[3]; /* owned: unclamped, finite values */
    size_t count;      /* of points */
    size_t first;      /* point's number */
} ExportPoints;

/* Fails: ERR_MEMORY. */
bool export_points_init(ExportPoints *points, const Plan *plan, int dimensions,
                        int size, Err *err);
void export_points_term(ExportPoints *points);
/* Work out slice 0, 1, … Fails: ERR_CANCELLED. */
bool export_points_slice(ExportPoints *points, int slice, Err *err);

#endif
