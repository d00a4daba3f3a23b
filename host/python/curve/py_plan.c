#include "python/curve/py_plan.h"

#include "base/mem.h"
#include "python/curve/py_curve.h"
#include "python/curve/py_record.h"
#include "python/module/py_err.h"
#include "python/module/py_nogil.h"

typedef struct Reading {
    PyObject *recordings; /* borrowed */
    Stage *stages;
    int n_stages;
    PyCurve **curves;
    int n_curves;
} Reading;

static const Curve *read_curve(Reading *reading, PyObject *object, int stage, Err *err)
{
    for (int i = 0; i < reading->n_curves; i++)
        if (reading->curves[i]->object == object)
            return &reading->curves[i]->curve;
    PyCurve *curve = py_curve_new(object, stage, reading->recordings, err);
    if (!curve)
        return NULL;
    reading->curves =
        mem_more(reading->curves, (size_t)reading->n_curves, 1, sizeof(PyCurve *));
    reading->curves[reading->n_curves++] = curve;
    return &curve->curve;
}

static bool read_tone(Reading *reading, Stage *stage, PyObject *tuple, Err *err)
{
    stage->kind = STAGE_TONE;
    for (int c = 0; c < 3; c++) {
        PyObject *object = PyTuple_GetItem(tuple, 1 + c);
        if (object == Py_None)
            continue;
        stage->tone[c] = read_curve(reading, object, reading->n_stages + 1, err);
        if (!stage->tone[c])
            return false;
    }
    return true;
}

static bool read_matrix(Stage *stage, PyObject *tuple, Err *err)
{
    stage->kind = STAGE_MATRIX;
    for (int i = 0; i < 12; i++) {
        double value = PyFloat_AsDouble(PyTuple_GetItem(tuple, 1 + i));
        if (PyErr_Occurred())
            return py_err_fetch(err);
        stage->matrix[i / 4][i % 4] = value;
    }
    return true;
}

/* Each stage is ("tone", red, green, blue) or ("matrix", and twelve numbers). */
static bool read_stages(Reading *reading, PyObject *list, Err *err)
{
    Py_ssize_t count = PyList_Size(list);
    if (count < 0)
        return py_err_fetch(err);
    reading->stages = mem_new((size_t)count, sizeof *reading->stages);
    for (; reading->n_stages < count; reading->n_stages++) {
        PyObject *tuple = PyList_GetItem(list, reading->n_stages);
        Stage *stage = &reading->stages[reading->n_stages];
        bool tone = PyTuple_Size(tuple) == 4;
        if (!(tone ? read_tone(reading, stage, tuple, err)
                   : read_matrix(stage, tuple, err)))
            return false;
    }
    return true;
}

static void reading_clear(Reading *reading)
{
    for (int i = 0; i < reading->n_curves; i++)
        py_curve_free(reading->curves[i]);
    mem_free(reading->curves);
    mem_free(reading->stages);
}

static CurveSummary report_curve(const Curve *curve, const ToneCache *tones)
{
    if (!curve)
        return (CurveSummary){CURVE_IDENTITY};
    const PyCurve *own = curve->context;
    const char *why = tone_cache_distrust_reason(tones, curve);
    CurveSummary summary = {CURVE_SAMPLED, .arrays = own->arrays,
                            .values = own->values};
    if (own->expr && !why) {
        size_t table = expr_table_size(own->expr);
        summary.way = table ? CURVE_TABLE : CURVE_RECORDED;
        summary.size = table ? (int)table : expr_size(own->expr);
    }
    snprintf(summary.why, sizeof summary.why, "%s", why ? why : own->why);
    return summary;
}

static void fill_summary(PlanSummary *summary, const Reading *reading,
                         const ToneCache *tones)
{
    summary->count = reading->n_stages;
    summary->stages = mem_new((size_t)summary->count, sizeof *summary->stages);
    for (int i = 0; i < summary->count; i++) {
        const Stage *stage = &reading->stages[i];
        StageSummary *out = &summary->stages[i];
        out->kind = stage->kind;
        out->same =
            stage->tone[0] == stage->tone[1] && stage->tone[0] == stage->tone[2];
        for (int c = 0; c < 3; c++)
            out->tone[c] = report_curve(stage->tone[c], tones);
    }
}

Plan *py_plan_new(State *state, PyObject *stages, int depth, const PlanTools *tools,
                  Err *err)
{
    ASSERT_GIL();
    Reading reading = {.recordings = tools->recordings};
    Plan *plan = NULL;
    ToneCache *own = tools->tones ? NULL : tone_cache_new();
    ToneCache *tones = tools->tones ? tools->tones : own;
    if (!py_record_cache_turn(tools->recordings))
        err_set(err, ERR_SCRIPT, "recordings");
    else if (read_stages(&reading, stages, err)) {
        NoGil nogil = py_nogil_begin(state);
        plan = plan_new_with(reading.stages, reading.n_stages, depth, tones,
                             state->pool, err);
        py_nogil_end(&nogil);
    }
    if (plan && tools->summary)
        fill_summary(tools->summary, &reading, tones);
    tone_cache_free(own);
    reading_clear(&reading);
    return plan;
}

bool py_plan_fail(const char *setting, Err *err)
{
    ASSERT_GIL();
    if (!PyErr_Occurred())
        return false;
    char where[160], note[sizeof err->text];
    snprintf(where, sizeof where, "%.150s", err->text);
    snprintf(note, sizeof note, "%s%s%.500s", where, setting[0] ? "; " : "", setting);
    py_err_fetch_noted(note, err);
    return err->kind == ERR_SCRIPT ? err_in(err, where) : false;
}
