/* Stages as Python declared them, turned into a plan. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "python/py.h"

/* One distinct curve of a list of stages: a Python callable, or a table copied out of
 * Python's memory. */
typedef struct PyCurve {
    Curve curve;
    PyObject *object; /* borrowed from the stage list: what Python gave */
    double *table;    /* NULL: call `object` */
    size_t n;
    int stage; /* 1-based, for messages */
} PyCurve;

typedef struct Reading {
    Stage *stages;
    int n_stages;
    PyCurve **curves;
    int n_curves;
} Reading;

/* An infinity stands for a very large value, so that what follows stays a number; the
 * final clamp makes the same of both. */
static const double HUGE_VALUE = 1e30;

static bool eval_table(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)err;
    const PyCurve *curve = context;
    for (size_t i = 0; i < n; i++)
        y[i] = stage_lookup(curve->table, curve->n, x[i]);
    return true;
}

static bool bad_value(const PyCurve *curve, double x, PyObject *result, Err *err)
{
    PyErr_Clear();
    PyObject *shown = result ? PyObject_Repr(result) : NULL;
    const char *text = shown ? PyUnicode_AsUTF8(shown) : NULL;
    const char *hint = result && PyComplex_Check(result)
                           ? " (a power of a negative number? use max(x, 0))"
                           : "";
    err_set(err, ERR_SCRIPT,
            "stage %d (tone): the function gave %.120s for x = %.10g, not a number%s",
            curve->stage, text ? text : "something unprintable", x, hint);
    PyErr_Clear();
    Py_XDECREF(shown);
    return false;
}

static bool call_once(const PyCurve *curve, double x, double *y, Err *err)
{
    PyObject *input = PyFloat_FromDouble(x);
    PyObject *result = input ? PyObject_CallOneArg(curve->object, input) : NULL;
    Py_XDECREF(input);
    if (!result)
        return err_set(err, ERR_SCRIPT, "stage %d (tone) at x = %.10g", curve->stage,
                       x);
    double value = PyFloat_AsDouble(result);
    bool good = !(value == -1.0 && PyErr_Occurred()) && !isnan(value);
    if (good)
        *y = fmin(fmax(value, -HUGE_VALUE), HUGE_VALUE);
    else
        bad_value(curve, x, result, err);
    Py_DECREF(result);
    return good;
}

static bool eval_callable(void *context, const double *x, double *y, size_t n, Err *err)
{
    ASSERT_GIL();
    for (size_t i = 0; i < n; i++)
        if (!call_once(context, x[i], &y[i], err))
            return false;
    return true;
}

/* lutist.stages has made every table an array('d') of at least two values. */
static bool read_table(PyCurve *curve, Err *err)
{
    Py_buffer view;
    if (PyObject_GetBuffer(curve->object, &view, PyBUF_CONTIG_RO) < 0)
        return py_fetch(err);
    curve->n = (size_t)view.len / sizeof(double);
    curve->table = mem_alloc((size_t)view.len, err);
    if (curve->table)
        memcpy(curve->table, view.buf, (size_t)view.len);
    PyBuffer_Release(&view);
    return curve->table != NULL;
}

static const Curve *read_curve(Reading *reading, PyObject *object, int stage, Err *err)
{
    for (int i = 0; i < reading->n_curves; i++)
        if (reading->curves[i]->object == object)
            return &reading->curves[i]->curve;
    PyCurve *curve = mem_new(1, sizeof *curve);
    reading->curves =
        mem_grow(reading->curves, (size_t)reading->n_curves + 1, sizeof(PyCurve *));
    reading->curves[reading->n_curves++] = curve;
    curve->object = object;
    curve->stage = stage;
    curve->curve = (Curve){eval_callable, curve};
    if (!PyCallable_Check(object)) {
        curve->curve.eval = eval_table;
        if (!read_table(curve, err))
            return NULL;
    }
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
            return py_fetch(err);
        stage->matrix[i / 4][i % 4] = value;
    }
    return true;
}

/* Each stage is ("tone", red, green, blue) or ("matrix", and twelve numbers). */
static bool read_stages(Reading *reading, PyObject *list, Err *err)
{
    Py_ssize_t count = PyList_Size(list);
    if (count < 0)
        return py_fetch(err);
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
    for (int i = 0; i < reading->n_curves; i++) {
        mem_free(reading->curves[i]->table);
        mem_free(reading->curves[i]);
    }
    mem_free(reading->curves);
    mem_free(reading->stages);
}

Plan *py_plan(PyObject *stages, int depth, Err *err)
{
    ASSERT_GIL();
    Reading reading = {0};
    Plan *plan = NULL;
    if (read_stages(&reading, stages, err))
        plan = plan_new(reading.stages, reading.n_stages, depth, err);
    reading_clear(&reading);
    return plan;
}

bool py_plan_fail(Err *err)
{
    ASSERT_GIL();
    if (!PyErr_Occurred())
        return false;
    char where[160];
    snprintf(where, sizeof where, "%.150s", err->text);
    py_fetch(err);
    return err->kind == ERR_SCRIPT ? err_in(err, where) : false;
}
