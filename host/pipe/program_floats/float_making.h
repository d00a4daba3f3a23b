/* float_making — what the files of this room share while they make float_steps.
 *
 * Private to the room.
 * Threads: one, as compile_floats.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_MAKING_H
#define LUTIST_PIPE_PROGRAM_FLOATS_FLOAT_MAKING_H

#include "pipe/program_floats/float_steps.h"
#include "pipe/program_floats/float_values.h"

typedef struct Making {
    const Plan *plan;
    const Kernels *kernels;
    FloatSteps *made;
    Values values;  /* that the next step sees */
    int at;         /* the next step of the plan */
    double between; /* the part of the tolerance for curves before the last step */
} Making;

/* The largest sample. */
static inline double making_most(const Making *m)
{
    return m->plan->levels - 1;
}

static inline double making_tolerance(const Making *m)
{
    return float_values_tolerance(m->plan->depth);
}

static inline bool making_is_exact(const Making *m)
{
    return float_values_are_exact(&m->values, making_tolerance(m));
}

#endif
