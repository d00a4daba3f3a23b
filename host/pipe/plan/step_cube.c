#include "pipe/plan/step_cube.h"

#include <math.h>
#include <string.h>

/* Relative: the rounding of a cube's sums and of its positions. */
static const double ROUNDING = 0x1p-48;

bool step_cube_is_identity(const Stage *stage, bool first)
{
    return stage->kind == STAGE_CUBE &&
           (stage->mix == 0 || (first && stage->cube->identity));
}

/* Values outside of 0 … 1 come nearer to them, and the clamp at the end does the rest.
 */
bool step_cube_is_last_identity(const Stage *stage)
{
    return stage->kind == STAGE_CUBE && stage->cube->identity && stage->mix >= 0 &&
           stage->mix <= 1;
}

static Range scaled(double factor, double lo, double hi)
{
    double a = factor * lo, z = factor * hi;
    return (Range){fmin(a, z), fmax(a, z)};
}

/* The results are (1 - mix) times the input and mix times the cube's own. */
void step_cube_take(PlanBuilder *b, PlanStep *step)
{
    const Stage *stage = &b->stages[b->at++];
    const Cube *cube = stage->cube;
    double error[3], mix = stage->mix;
    step->cube = cube_ref(cube);
    step->mix = mix;
    for (int r = 0; r < 3; r++) {
        Range kept = scaled(1 - mix, b->range[r].lo, b->range[r].hi);
        Range made = scaled(mix, cube->least[r], cube->most[r]);
        step->range[r] = (Range){kept.lo + made.lo, kept.hi + made.hi};
        double largest =
            fmax(fabs(kept.lo), fabs(kept.hi)) + fmax(fabs(made.lo), fabs(made.hi));
        error[r] = fabs(1 - mix) * b->error[r] + ROUNDING * largest;
        for (int c = 0; c < 3; c++)
            error[r] += fabs(mix) * cube->slope[r][c] * b->error[c];
    }
    memcpy(b->range, step->range, sizeof b->range);
    memcpy(b->error, error, sizeof error);
}
