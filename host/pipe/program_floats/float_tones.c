#include "pipe/program_floats/float_tones.h"

#include <math.h>

#include "base/mem.h"
#include "pipe/program_floats/line_samples.h"

/* Pieces may be off by this part of what a curve before the last step may be off. */
static const double PART = 0.5;

/* What each sample becomes, in samples. */
static double *values_new(const Making *m, int c, const CurveTable *shaper, Err *err)
{
    size_t levels = (size_t)m->plan->levels;
    const double *tone = m->plan->tone[c];
    double most = making_most(m);
    double *values = mem_alloc(levels * sizeof *values, err);
    if (!values)
        return NULL;
    for (size_t i = 0; i < levels; i++)
        values[i] = tone ? tone[i] : (double)i / most;
    if (shaper)
        m->kernels->planes.curve(values, levels, shaper);
    for (size_t i = 0; i < levels; i++)
        values[i] *= most;
    return values;
}

static void take_range(Making *m, int c, const double *values)
{
    Values *v = &m->values;
    v->lo[c] = INFINITY;
    v->hi[c] = -INFINITY;
    for (int i = 0; i < m->plan->levels; i++) {
        v->lo[c] = fmin(v->lo[c], values[i]);
        v->hi[c] = fmax(v->hi[c], values[i]);
    }
}

/* *good is false where a table is needed. */
static bool take_pieces(Making *m, int c, const double *values, bool *good, Err *err)
{
    LineFit *fit = &m->made->inputs[c];
    double tolerance = PART * m->between * making_tolerance(m);
    *good = false;
    if (m->plan->depth == 8)
        return true;
    if (!line_samples_new(fit, values, tolerance, good, err))
        return false;
    if (!*good)
        return true;
    m->made->chain.input[c] = fit->curve;
    m->made->bytes += line_fit_bytes(fit);
    m->values.error[c] = fit->error;
    return true;
}

static bool take_table(Making *m, int c, const double *values, Err *err)
{
    size_t levels = (size_t)m->plan->levels;
    float *table = mem_alloc(levels * sizeof *table, err);
    if (!table)
        return false;
    for (size_t i = 0; i < levels; i++)
        table[i] = (float)values[i];
    m->made->tones[c] = table;
    m->made->chain.tone[c] = table;
    m->made->bytes += levels * sizeof *table;
    m->values.error[c] = float_values_rounding(float_values_magnitude(&m->values, c));
    return true;
}

static bool take_tone(Making *m, int c, const CurveTable *shaper, Err *err)
{
    double *values = values_new(m, c, shaper, err);
    if (!values)
        return false;
    take_range(m, c, values);
    bool good, done = take_pieces(m, c, values, &good, err);
    if (done && !good)
        done = take_table(m, c, values, err);
    mem_free(values);
    return done;
}

static void share_tone(Making *m, int c, int twin)
{
    Lut3dF32 *chain = &m->made->chain;
    Values *v = &m->values;
    chain->tone[c] = chain->tone[twin];
    chain->input[c] = chain->input[twin];
    v->lo[c] = v->lo[twin];
    v->hi[c] = v->hi[twin];
    v->error[c] = v->error[twin];
}

bool float_tones_take(Making *m, Err *err)
{
    const Plan *plan = m->plan;
    const Cube *cube = plan->steps[0].cube;
    bool shaped = cube && cube->pieces;
    for (int c = 0; c < 3; c++) {
        m->values.hi[c] = making_most(m);
        int twin = 0;
        while (twin < c && (shaped || plan->tone[twin] != plan->tone[c]))
            twin++;
        if (twin < c)
            share_tone(m, c, twin);
        else if ((plan->tone[c] || shaped) &&
                 !take_tone(m, c, shaped ? &cube->shaper[c] : NULL, err))
            return false;
    }
    return true;
}
