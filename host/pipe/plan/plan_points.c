#include "pipe/plan/plan_points.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* From a sample value as a file holds it to its point's value; `context` is the number
 * of points, an int. */
static bool spread(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)err;
    double last = *(const int *)context - 1;
    for (size_t i = 0; i < n; i++)
        y[i] = fmin(rint(x[i] * 65535), last) / last;
    return true;
}

Plan *plan_points_new(const Stage *stages, int count, int points, Pool *pool, Err *err)
{
    REQUIRE(points >= PLAN_LEAST_POINTS && points <= PLAN_MOST_POINTS);
    Curve curve = {.eval = spread, .context = &points};
    Stage *all = mem_new((size_t)count + 1, sizeof *all);
    all[0] = (Stage){.kind = STAGE_TONE, .tone = {&curve, &curve, &curve}};
    if (count)
        memcpy(all + 1, stages, (size_t)count * sizeof *all);
    Plan *plan = plan_new_with(all, count + 1, 16, NULL, pool, err);
    mem_free(all);
    return plan;
}

bool plan_points_is_tones(const Plan *plan)
{
    return plan->n_steps == 0;
}

void plan_points_eval(const Plan *plan, const Kernels *kernels,
                      const uint16_t *const at[3], double *const planes[3], size_t n)
{
    for (int c = 0; c < 3; c++)
        for (size_t i = 0; i < n; i++)
            planes[c][i] = plan->tone[c] ? plan->tone[c][at[c][i]] : at[c][i] / 65535.0;
    plan_eval(plan, kernels, planes, n);
}
