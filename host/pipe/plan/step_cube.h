/* step_cube — the cube of a step.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PLAN_STEP_CUBE_H
#define LUTIST_PIPE_PLAN_STEP_CUBE_H

#include "pipe/plan/plan_builder.h"

/* Is it a cube that changes nothing? `first`: it sees values from 0 to 1. */
bool step_cube_is_identity(const Stage *stage, bool first);
/* The same where the final clamp follows. */
bool step_cube_is_last_identity(const Stage *stage);
/* Take the cube at the builder's place into `step`, and the builder's ranges and errors
 * through it. */
void step_cube_take(PlanBuilder *b, PlanStep *step);

#endif
