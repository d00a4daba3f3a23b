#include "python/modes/py_program_tables.h"

#include "python/modes/py_span.h"

typedef struct Reader {
    State *state;
    Program *program;
} Reader;

static PyObject *span(const Reader *r, const void *data, size_t count, size_t item,
                      const char *format)
{
    return py_span_wrap(r->state, (Span){.data = (void *)data,
                                         .bytes = count * item,
                                         .item = item,
                                         .format = format,
                                         .program = r->program});
}

static PyObject *none(void)
{
    return Py_NewRef(Py_None);
}

static PyObject *read_tables(const Reader *r)
{
    void *const *tables = r->program->tables;
    size_t levels = (size_t)r->program->plan->levels;
    size_t item = (size_t)r->program->depth / 8;
    const char *format = item == 1 ? "B" : "H";
    return Py_BuildValue("{s(NNN)}", "tables", span(r, tables[0], levels, item, format),
                         span(r, tables[1], levels, item, format),
                         span(r, tables[2], levels, item, format));
}

static PyObject *read_entries(const Reader *r, int channel)
{
    const MixerTables *m = r->program->mixer;
    size_t entries = (size_t)1 << m->bits;
    return m->has_marks ? span(r, m->marked[channel], entries, 2, "H")
                        : span(r, m->out[channel], entries, 1, "B");
}

static PyObject *read_mixer(const Reader *r)
{
    enum { LEVELS = 256 };
    const MixerTables *m = r->program->mixer;
    return Py_BuildValue(
        "{s(NNN)s(NNN)sisisN}", "inputs", span(r, m->in[0], LEVELS, 8, "Q"),
        span(r, m->in[1], LEVELS, 8, "Q"), span(r, m->in[2], LEVELS, 8, "Q"), "outputs",
        read_entries(r, 0), read_entries(r, 1), read_entries(r, 2), "bits", m->bits,
        "lane", m->lane, "doubtful", PyBool_FromLong(m->has_marks));
}

static PyObject *read_weights(const Reader *r)
{
    const MatrixU8 *m = r->program->matrix;
    const int16_t(*w)[3] = m->weight;
    return Py_BuildValue("{s((iii)(iii)(iii))s(iii)si}", "weights", w[0][0], w[0][1],
                         w[0][2], w[1][0], w[1][1], w[1][2], w[2][0], w[2][1], w[2][2],
                         "bias", m->bias[0], m->bias[1], m->bias[2], "bits", m->bits);
}

static PyObject *read_whole_cube(const Reader *r)
{
    const Lut3dU8 *t = &r->program->cube->table;
    size_t numbers = 4 * lut3d_u8_points(t->size);
    return Py_BuildValue("{s(NNN)sNsisi}", "places",
                         span(r, t->place[0], LUT3D_U8_SAMPLES, 4, "I"),
                         span(r, t->place[1], LUT3D_U8_SAMPLES, 4, "I"),
                         span(r, t->place[2], LUT3D_U8_SAMPLES, 4, "I"), "points",
                         span(r, t->points, numbers, sizeof *t->points, "h"), "size",
                         t->size, "bits", t->bits);
}

/* None for the identity. The pieces are memory of four 8-byte numbers each; there are
 * `count` in all rows. */
static PyObject *read_curve(const Reader *r, const CurveTable *table, int count)
{
    if (!table->pieces)
        return none();
    return Py_BuildValue(
        "(ddiN)", table->lo, table->scale, table->pieces,
        span(r, table->piece, (size_t)count * sizeof(CurvePiece), 1, "B"));
}

static PyObject *read_fit(const Reader *r, const CurveFit *fit)
{
    return read_curve(r, &fit->table, fit->n_pieces);
}

static PyObject *read_shaper(const Reader *r, const CurveTable *curve)
{
    return read_curve(r, curve, curve->pieces);
}

static PyObject *read_matrix(const PlanStep *step)
{
    const double(*m)[4] = step->matrix;
    return Py_BuildValue("((dddd)(dddd)(dddd))", m[0][0], m[0][1], m[0][2], m[0][3],
                         m[1][0], m[1][1], m[1][2], m[1][3], m[2][0], m[2][1], m[2][2],
                         m[2][3]);
}

static PyObject *read_cube(const Reader *r, const PlanStep *step)
{
    const Cube *cube = step->cube;
    const Lut3d *t = &cube->table;
    size_t size = (size_t)t->size;
    return Py_BuildValue(
        "(i(ddd)(ddd)N(NNN)d)", t->size, t->lo[0], t->lo[1], t->lo[2], t->scale[0],
        t->scale[1], t->scale[2],
        span(r, t->values, 3 * size * size * size, sizeof(double), "d"),
        read_shaper(r, &cube->shaper[0]), read_shaper(r, &cube->shaper[1]),
        read_shaper(r, &cube->shaper[2]), step->mix);
}

/* A matrix or a cube; the other is None. Then three curves. */
static PyObject *read_step(const Reader *r, const PlanStep *step)
{
    return Py_BuildValue("(NN(NNN))", step->cube ? none() : read_matrix(step),
                         step->cube ? read_cube(r, step) : none(),
                         read_fit(r, &step->tone[0]), read_fit(r, &step->tone[1]),
                         read_fit(r, &step->tone[2]));
}

static PyObject *read_steps(const Reader *r)
{
    const Plan *plan = r->program->plan;
    PyObject *steps = PyTuple_New(plan->n_steps);
    for (int s = 0; steps && s < plan->n_steps; s++) {
        PyObject *step = read_step(r, &plan->steps[s]);
        if (!step)
            Py_CLEAR(steps);
        else
            PyTuple_SET_ITEM(steps, s, step);
    }
    return steps;
}

static PyObject *read_tone(const Reader *r, int channel)
{
    const Plan *plan = r->program->plan;
    const double *tone = plan->tone[channel];
    return tone ? span(r, tone, (size_t)plan->levels, sizeof *tone, "d") : none();
}

static PyObject *read_planes(const Reader *r)
{
    const Plan *plan = r->program->plan;
    return Py_BuildValue("{s(NNN)sNsNsN}", "tones", read_tone(r, 0), read_tone(r, 1),
                         read_tone(r, 2), "steps", read_steps(r), "doubtful",
                         PyBool_FromLong(plan->doubtful), "hopeless",
                         PyBool_FromLong(plan->hopeless));
}

static PyObject *read_line(const Reader *r, const LineCurve *curve, int count)
{
    if (!curve->piece)
        return none();
    return Py_BuildValue("(iiiiN)", curve->shift, curve->least, curve->most,
                         curve->negative,
                         span(r, curve->piece, 2 * (size_t)count, sizeof(float), "f"));
}

/* Pieces are known by the first channel that has them. */
static PyObject *read_lines(const Reader *r, const LineCurve curve[3],
                            const LineFit fits[3])
{
    PyObject *lines = PyTuple_New(3);
    for (int c = 0; lines && c < 3; c++) {
        int owner = 0;
        while (owner < c && curve[owner].piece != curve[c].piece)
            owner++;
        PyObject *line = read_line(r, &curve[c], fits[owner].n_pieces);
        if (!line)
            Py_CLEAR(lines);
        else
            PyTuple_SET_ITEM(lines, c, line);
    }
    return lines;
}

static PyObject *read_row(const float row[4])
{
    return Py_BuildValue("(ffff)", row[0], row[1], row[2], row[3]);
}

/* A matrix or a 3D table; the other is None. Then three curves. */
static PyObject *read_float_step(const Reader *r, int s)
{
    const FloatSteps *floats = r->program->floats;
    const Lut3dF32Step *step = &floats->chain.steps[s];
    PyObject *lines = read_lines(r, step->curve, floats->curves[s]);
    size_t size = (size_t)step->size;
    const float *scale = step->scale, *start = step->start;
    if (!step->points)
        return Py_BuildValue("((NNN)ON)", read_row(step->matrix[0]),
                             read_row(step->matrix[1]), read_row(step->matrix[2]),
                             Py_None, lines);
    return Py_BuildValue(
        "(O(i(fff)(fff)Nf)N)", Py_None, step->size, scale[0], scale[1], scale[2],
        start[0], start[1], start[2],
        span(r, step->points, 3 * size * size * size, sizeof(float), "f"), step->mix,
        lines);
}

static PyObject *read_float_steps(const Reader *r)
{
    const Lut3dF32 *chain = &r->program->floats->chain;
    PyObject *steps = PyTuple_New(chain->n_steps);
    for (int s = 0; steps && s < chain->n_steps; s++) {
        PyObject *step = read_float_step(r, s);
        if (!step)
            Py_CLEAR(steps);
        else
            PyTuple_SET_ITEM(steps, s, step);
    }
    return steps;
}

static PyObject *read_float_tone(const Reader *r, int channel)
{
    const float *tone = r->program->floats->chain.tone[channel];
    return tone ? span(r, tone, (size_t)r->program->plan->levels, sizeof *tone, "f")
                : none();
}

static PyObject *read_floats(const Reader *r)
{
    const FloatSteps *floats = r->program->floats;
    return Py_BuildValue("{s(NNN)sNsN}", "tones", read_float_tone(r, 0),
                         read_float_tone(r, 1), read_float_tone(r, 2), "inputs",
                         read_lines(r, floats->chain.input, floats->inputs),
                         "float_steps", read_float_steps(r));
}

PyObject *py_program_tables(State *state, Program *program)
{
    ASSERT_GIL();
    Reader r = {state, program};
    switch (program->kind) {
    case PROGRAM_MATRIX:
        return read_weights(&r);
    case PROGRAM_MIXER:
        return read_mixer(&r);
    case PROGRAM_CUBE:
        return read_whole_cube(&r);
    case PROGRAM_FLOATS:
        return read_floats(&r);
    case PROGRAM_PLANES:
        return read_planes(&r);
    default:
        return read_tables(&r);
    }
}
