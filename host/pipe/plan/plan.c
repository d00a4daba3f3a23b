#include "pipe/plan/plan.h"

#include "base/mem.h"
#include "pipe/tone/shared_doubles.h"

static void step_clear(PlanStep *step)
{
    for (int c = 0; c < 3; c++) {
        if (step->twin[c] == c)
            curve_fit_clear(&step->tone[c]);
        exact_tone_clear(&step->exact[c]);
    }
    cube_unref(&step->cube);
    mem_free(step->matrices);
}

void plan_unref(Plan **plan)
{
    Plan *old = *plan;
    *plan = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    for (int c = 0; c < 3; c++)
        shared_doubles_unref(&old->tone[c]);
    for (int s = 0; s < old->n_steps; s++)
        step_clear(&old->steps[s]);
    mem_free(old->steps);
    mem_free(old);
}

Plan *plan_ref(Plan *plan)
{
    atomic_fetch_add(&plan->refs, 1);
    return plan;
}
