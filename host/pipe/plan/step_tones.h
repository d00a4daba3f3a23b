/* step_tones — the neighbouring tones of a step, fitted by parabolas.
 *
 * Threads: one.
 * Python:  unaware; Curve.eval is called on the calling thread.
 */
#ifndef LUTIST_PIPE_PLAN_STEP_TONES_H
#define LUTIST_PIPE_PLAN_STEP_TONES_H

#include "pipe/plan/plan_builder.h"

/* How many tones stand in a row at the builder's place. */
int step_tones_count(const PlanBuilder *b);
/* Take these tones into `step`: their curves, and into the builder the range and error
 * of their results. Fails: as a curve; ERR_MEMORY. */
bool step_tones_take(PlanBuilder *b, PlanStep *step, Err *err);
/* Are the builder's errors so large that no fitted curve can be trusted? */
bool step_tones_is_hopeless(const PlanBuilder *b);
/* Sample the tones without a recording once more, for the samples in doubt. Fails: as
 * above. */
bool step_tones_sample_exact(const PlanBuilder *b, PlanStep *step, Err *err);

#endif
