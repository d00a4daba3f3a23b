#include "pipe/program_floats/float_steps.h"

#include "base/mem.h"

void float_steps_free(FloatSteps *steps)
{
    if (!steps)
        return;
    for (int c = 0; c < 3; c++) {
        mem_free(steps->tones[c]);
        line_fit_clear(&steps->inputs[c]);
    }
    for (int s = 0; s < steps->chain.n_steps; s++) {
        cube_points_unref(&steps->points[s]);
        for (int c = 0; c < 3; c++)
            line_fit_clear(&steps->curves[s][c]);
    }
    mem_free(steps->curves);
    mem_free(steps->steps);
    mem_free(steps->points);
    mem_free(steps);
}
