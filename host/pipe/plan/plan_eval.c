/* A plan at some samples: through its curves, and exactly for pixels in doubt. */
#include <math.h>
#include <string.h>

#include "pipe/plan/plan.h"

void plan_exact(const Plan *plan, const Kernels *kernels, double *const planes[3],
                size_t n)
{
    for (int s = 0; s < plan->n_steps; s++) {
        const PlanStep *step = &plan->steps[s];
        if (step->cube)
            cube_eval(step->cube, step->mix, kernels, planes, n);
        for (int m = 0; m < step->n_matrices; m++)
            kernels->planes.matrix(planes, n, step->matrices[m]);
        for (int c = 0; c < 3; c++)
            if (step->tone[c].pieces)
                exact_tone_eval(&step->exact[step->twin[c]], kernels, planes[c], n);
    }
}

enum { BLOCK = 256 };

/* Which of n pixels are in doubt. */
typedef struct Doubts {
    bool any, pixel[BLOCK];
} Doubts;

/* Values in doubt are NaN; they go on as black. */
static void note_doubts(Doubts *doubts, double *values, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= isnan(values[i]) != 0;
    if (!any)
        return;
    doubts->any = true;
    for (size_t i = 0; i < n; i++)
        if (isnan(values[i])) {
            doubts->pixel[i] = true;
            values[i] = 0;
        }
}

static void eval_steps(const Plan *plan, const Kernels *kernels,
                       double *const planes[3], size_t n, Doubts *doubts)
{
    for (int s = 0; s < plan->n_steps; s++) {
        const PlanStep *step = &plan->steps[s];
        if (step->cube)
            cube_eval(step->cube, step->mix, kernels, planes, n);
        else
            kernels->planes.matrix(planes, n, step->matrix);
        for (int c = 0; c < 3; c++) {
            kernels->planes.curve(planes[c], n, &step->tone[c].table);
            if (doubts && step->tone[c].n_doubts)
                note_doubts(doubts, planes[c], n);
        }
    }
}

/* Work out the pixels in doubt from `before`. */
static void eval_doubts(const Plan *plan, const Kernels *kernels,
                        double *const planes[3], double before[3][BLOCK], size_t n,
                        const Doubts *doubts)
{
    size_t at[BLOCK], count = 0;
    for (size_t i = 0; i < n; i++)
        if (doubts->pixel[i])
            at[count++] = i;
    for (int c = 0; c < 3; c++)
        for (size_t k = 0; k < count; k++)
            before[c][k] = before[c][at[k]];
    plan_exact(plan, kernels, (double *const[3]){before[0], before[1], before[2]},
               count);
    for (int c = 0; c < 3; c++)
        for (size_t k = 0; k < count; k++)
            planes[c][at[k]] = before[c][k];
}

static void eval_block(const Plan *plan, const Kernels *kernels,
                       double *const planes[3], size_t n)
{
    double before[3][BLOCK];
    Doubts doubts = {false, {false}};
    for (int c = 0; c < 3; c++)
        memcpy(before[c], planes[c], n * sizeof before[c][0]);
    eval_steps(plan, kernels, planes, n, &doubts);
    if (doubts.any)
        eval_doubts(plan, kernels, planes, before, n, &doubts);
}

void plan_eval(const Plan *plan, const Kernels *kernels, double *const planes[3],
               size_t n)
{
    if (plan->hopeless) {
        plan_exact(plan, kernels, planes, n);
        return;
    }
    if (!plan->doubtful) {
        eval_steps(plan, kernels, planes, n, NULL);
        return;
    }
    for (size_t i = 0; i < n; i += BLOCK)
        eval_block(plan, kernels,
                   (double *const[3]){planes[0] + i, planes[1] + i, planes[2] + i},
                   n - i < BLOCK ? n - i : BLOCK);
}
