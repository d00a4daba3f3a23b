/* plan_builder — a plan that is being made, and how far its stages have been read.
 *
 * Private to the room pipe/plan.
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PLAN_PLAN_BUILDER_H
#define LUTIST_PIPE_PLAN_PLAN_BUILDER_H

#include "base/thread/pool.h"
#include "pipe/plan/plan.h"
#include "pipe/tone/tone_cache.h"

typedef struct PlanBuilder {
    const Stage *stages;
    int count;
    int at; /* the next stage */
    Plan *plan;
    /* of the values that the next stage sees */
    Range range[3];
    double error[3]; /* the most that a value may be off */
    ToneCache *cache;
    Pool *pool; /* or NULL */
} PlanBuilder;

#endif
