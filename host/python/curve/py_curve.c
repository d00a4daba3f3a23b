#include "python/curve/py_curve.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "python/curve/py_record.h"
#include "python/errors/py_err.h"
#include "python/module/py_call.h"

/* An infinity becomes the largest value that an expression holds: the final clamp gives
 * the same result for both. */
static double within_huge(double value)
{
    return fmin(fmax(value, -EXPR_HUGE), EXPR_HUGE);
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
        *y = within_huge(value);
    else
        bad_value(curve, x, result, err);
    Py_DECREF(result);
    return good;
}

/* One call with an array, by lutist.recording.array_call. NULL: NumPy is not loaded, or
 * the function takes no array; then each value needs a call. */
static PyObject *call_vector(const PyCurve *curve, const double *x, size_t n)
{
    PyObject *inputs =
        PyMemoryView_FromMemory((char *)x, (Py_ssize_t)(n * sizeof *x), PyBUF_READ);
    PyObject *result =
        py_call("lutist.recording.array_call", "call", "(ON)", curve->object, inputs);
    if (result == Py_None)
        Py_CLEAR(result);
    return result;
}

static bool copy_vector(PyObject *result, double *y, size_t n)
{
    Py_buffer view;
    if (PyObject_GetBuffer(result, &view, PyBUF_CONTIG_RO) < 0)
        return false;
    bool fits = (size_t)view.len == n * sizeof *y;
    const double *values = view.buf;
    for (size_t i = 0; fits && i < n; i++)
        y[i] = within_huge(values[i]);
    PyBuffer_Release(&view);
    return fits;
}

static bool eval_vector(const PyCurve *curve, const double *x, double *y, size_t n)
{
    PyObject *result = call_vector(curve, x, n);
    bool good = result && copy_vector(result, y, n);
    Py_XDECREF(result);
    return good;
}

static bool eval_values(const PyCurve *curve, const double *x, double *y, size_t n,
                        Err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!call_once(curve, x[i], &y[i], err))
            return false;
    return true;
}

static bool eval_callable(void *context, const double *x, double *y, size_t n, Err *err)
{
    PyCurve *curve = context;
    py_nogil_pause(curve->nogil);
    bool good = eval_vector(curve, x, y, n);
    curve->arrays = curve->arrays || good;
    if (!good && PyErr_Occurred()) {
        err_set(err, ERR_SCRIPT, "stage %d (tone)", curve->stage);
    } else if (!good) {
        curve->values = true;
        good = eval_values(curve, x, y, n, err);
    }
    py_nogil_resume(curve->nogil);
    return good;
}

/* The exception is raised again when the curve is called for all its values. An
 * interrupt is not, so it is set again. */
static void drop_exception(void)
{
    bool interrupted = PyErr_ExceptionMatches(PyExc_KeyboardInterrupt);
    PyErr_Clear();
    if (interrupted)
        PyErr_SetInterrupt();
}

static bool same_bits(double a, double b)
{
    uint64_t x, y;
    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    return x == y;
}

static bool agrees(void *context, const double *x, const double *y, size_t n)
{
    const PyCurve *curve = context;
    py_nogil_pause(curve->nogil);
    bool same = true;
    for (size_t i = 0; same && i < n; i++) {
        double value;
        same = call_once(curve, x[i], &value, NULL) && same_bits(value, y[i]);
    }
    if (PyErr_Occurred())
        drop_exception();
    py_nogil_resume(curve->nogil);
    return same;
}

static bool eval_expr(void *context, const double *x, double *y, size_t n, Err *err)
{
    const PyCurve *curve = context;
    return expr_eval(curve->expr, x, y, n) ||
           err_set(err, ERR_SCRIPT, "stage %d (tone): a table gave no number",
                   curve->stage);
}

/* lutist.stages has made every table an array('d') of at least two finite values. That
 * of a .cube file is a tuple: the array, the ends of its domain, and the mix. */
static Expr *read_table(PyObject *object, Err *err)
{
    Py_buffer view;
    double lo = 0, hi = 1, mix = 1;
    if (PyTuple_Check(object) &&
        !PyArg_ParseTuple(object, "Oddd", &object, &lo, &hi, &mix)) {
        py_err_fetch(err);
        return NULL;
    }
    if (PyObject_GetBuffer(object, &view, PyBUF_CONTIG_RO) < 0) {
        py_err_fetch(err);
        return NULL;
    }
    size_t n = (size_t)view.len / sizeof(double);
    Expr *expr = lo == 0 && hi == 1 && mix == 1
                     ? expr_table(view.buf, n, err)
                     : expr_table_over(view.buf, n, lo, hi, mix, err);
    PyBuffer_Release(&view);
    return expr;
}

static bool read_object(PyCurve *curve, PyObject *recordings, Err *err)
{
    if (!PyCallable_Check(curve->object)) {
        curve->expr = read_table(curve->object, err);
        curve->curve = (Curve){eval_expr, curve, curve->expr};
        return curve->expr != NULL;
    }
    if (!py_record(recordings, curve->object, &curve->expr, curve->why,
                   sizeof curve->why))
        return err_set(err, ERR_SCRIPT, "stage %d (tone)", curve->stage);
    curve->curve = (Curve){eval_callable, curve, curve->expr, agrees};
    return true;
}

PyCurve *py_curve_new(PyObject *object, int stage, PyObject *recordings, Err *err)
{
    ASSERT_GIL();
    PyCurve *curve = mem_new(1, sizeof *curve);
    curve->object = Py_NewRef(object);
    curve->stage = stage;
    if (read_object(curve, recordings, err))
        return curve;
    py_curve_free(curve);
    return NULL;
}

void py_curve_free(PyCurve *curve)
{
    ASSERT_GIL();
    if (!curve)
        return;
    expr_unref(&curve->expr);
    Py_DECREF(curve->object);
    mem_free(curve);
}
