/* step_matrices — the neighbouring matrices of a step, joined into one.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PLAN_STEP_MATRICES_H
#define LUTIST_PIPE_PLAN_STEP_MATRICES_H

#include "pipe/plan/plan_builder.h"

bool step_matrices_is_identity(const double matrix[3][4]);
/* Do all rows make the same of three equal values, but for the rounding of their
 * numbers? Then gray stays gray. */
bool step_matrices_keeps_gray(const double matrix[3][4]);
/* Take the matrices at the builder's place into `step`: each of them, and their
 * product. */
void step_matrices_take(PlanBuilder *b, PlanStep *step);
/* Take the builder's ranges and errors through the step's matrix. */
void step_matrices_transform(PlanBuilder *b, PlanStep *step);

#endif
