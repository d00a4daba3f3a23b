#include <math.h>

#include "base/mem.h"
#include "pipe/plan/step_matrices.h"
#include "pipe/program/kinds.h"
#include "pipe/program_floats/float_cube.h"
#include "pipe/program_floats/float_making.h"
#include "pipe/program_floats/float_tones.h"

/* How far a curve before the last step may be off, of that, beside what it makes of its
 * input's error. Later steps enlarge it, so a finer one is tried if the coarser one is
 * too coarse. */
static const double COARSE = 1.0 / 8, FINE = 1.0 / 512;
/* How much steeper than on the average a curve may be where it is not marked. */
static const double STEEPER = 4;
/* How far a curve may be off, in samples. */
static double curve_tolerance(const Making *m, int c, const CurveFit *curve)
{
    double slope = (curve->out.hi - curve->out.lo) / (curve->in.hi - curve->in.lo);
    double most = making_tolerance(m);
    if (m->at == m->plan->n_steps)
        return most;
    return fmin(most, m->between * most + STEEPER * slope * m->values.error[c]);
}

/* The curve of a channel for the newest step; *good is false if it does not fit. */
static bool take_curve(Making *m, int c, const CurveFit *curve, bool *good, Err *err)
{
    double most = making_most(m);
    int s = m->made->chain.n_steps - 1;
    LineNeed need = {.input = m->values.error[c] / most,
                     .unit = most,
                     .tolerance = curve_tolerance(m, c, curve) / most,
                     .scale = most,
                     .last = m->at == m->plan->n_steps};
    LineFit *fit = &m->made->curves[s][c];
    if (!line_fit_new(fit, curve, need, good, err))
        return false;
    if (!*good)
        return true;
    m->made->bytes += line_fit_bytes(fit);
    m->made->steps[s].curve[c] = fit->curve;
    m->values.lo[c] = curve->out.lo * most;
    m->values.hi[c] = curve->out.hi * most;
    m->values.error[c] = fit->error * most;
    return true;
}

static void share_curve(Making *m, int c, int twin)
{
    LineCurve *curve = m->made->steps[m->made->chain.n_steps - 1].curve;
    curve[c] = curve[twin];
    m->values.lo[c] = m->values.lo[twin];
    m->values.hi[c] = m->values.hi[twin];
    m->values.error[c] = m->values.error[twin];
}

/* The tones after a matrix or a cube. A curve that stands for several channels has the
 * worst of their inputs. */
static bool take_curves(Making *m, const PlanStep *step, bool *good, Err *err)
{
    double *error = m->values.error;
    for (int c = 0; c < 3; c++)
        if (step->tone[c].pieces)
            error[step->twin[c]] = fmax(error[step->twin[c]], error[c]);
    for (int c = 0; c < 3 && *good; c++) {
        if (!step->tone[c].pieces)
            continue;
        if (step->twin[c] < c)
            share_curve(m, c, step->twin[c]);
        else if (!take_curve(m, c, &step->tone[c], good, err))
            return false;
    }
    return true;
}

static void take_matrix(Making *m, Lut3dF32Step *to)
{
    const PlanStep *step = &m->plan->steps[m->at++];
    double most = making_most(m);
    bool gray = step_matrices_keeps_gray((const double(*)[4])step->matrix);
    for (int r = 0; r < 3; r++) {
        const double *row = step->matrix[r], *level = gray ? step->matrix[0] : row;
        to->matrix[r][0] = (float)row[0];
        to->matrix[r][1] = (float)(level[0] + level[1] + level[2]);
        to->matrix[r][2] = (float)row[2];
        to->matrix[r][3] = (float)(level[3] * most) + 0.0F; /* -0 becomes 0 */
    }
    float_values_take_matrix(&m->values, step->matrix, most);
}

static bool take_step(Making *m, bool *good, Err *err)
{
    Lut3dF32Step *to = &m->made->steps[m->made->chain.n_steps++];
    if (!m->plan->steps[m->at].cube)
        take_matrix(m, to);
    else if (!float_cube_take(m, to, good, err))
        return false;
    if (*good && !take_curves(m, &m->plan->steps[m->at - 1], good, err))
        return false;
    *good = *good && making_is_exact(m);
    return true;
}

static bool take_plan(Making *m, bool *good, Err *err)
{
    if (!float_tones_take(m, err))
        return false;
    *good = true;
    while (*good && m->at < m->plan->n_steps)
        if (!take_step(m, good, err))
            return false;
    return true;
}

/* A finer first tone or curve between two steps may help. */
static bool can_be_finer(const Plan *plan)
{
    bool fine = plan->depth == 16 && (plan->tone[0] || plan->tone[1] || plan->tone[2]);
    for (int s = 0; s < plan->n_steps - 1; s++)
        fine = fine || plan_step_has_tones(&plan->steps[s]);
    return fine;
}

/* *out stays NULL if `between` is too coarse. */
static bool try_steps(const Plan *plan, const Kernels *kernels, double between,
                      FloatSteps **out, Err *err)
{
    size_t steps = (size_t)plan->n_steps;
    FloatSteps *made = mem_new(1, sizeof *made);
    made->steps = mem_new(steps, sizeof *made->steps);
    made->points = mem_new(steps, sizeof(CubePoints *));
    made->curves = mem_new(steps, sizeof(LineFit[3]));
    made->chain.steps = made->steps;
    Making m = {.plan = plan, .kernels = kernels, .made = made, .between = between};
    bool good, done = take_plan(&m, &good, err);
    if (done && good)
        *out = made;
    else
        float_steps_free(made);
    return done;
}

/* *out stays NULL if single precision is not exact enough, or the plan has no step. */
static bool steps_new(const Plan *plan, const Kernels *kernels, FloatSteps **out,
                      Err *err)
{
    *out = NULL;
    if (plan->n_steps == 0 || plan->hopeless)
        return true;
    double finest = can_be_finer(plan) ? FINE : COARSE;
    for (double between = COARSE; !*out && between >= finest; between /= 8)
        if (!try_steps(plan, kernels, between, out, err))
            return false;
    return true;
}

bool compile_floats(Program *program, Err *err)
{
    if (!steps_new(program->plan, program->kernels, &program->floats, err))
        return false;
    if (!program->floats)
        return true;
    program->kind = PROGRAM_FLOATS;
    program->table_bytes = program->floats->bytes;
    return true;
}
