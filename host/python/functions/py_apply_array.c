#include "python/functions/py_apply_array.h"

#include "pipe/program/compile.h"
#include "pipe/program/run.h"
#include "python/curve/py_plan.h"
#include "python/errors/py_err.h"
#include "python/image/py_pixels.h"
#include "python/modes/py_map.h"
#include "python/module/py_host.h"
#include "python/module/py_nogil.h"
#include "python/module/py_opencl.h"

enum { VIEW = PyBUF_STRIDES | PyBUF_FORMAT };

/* One call. */
typedef struct Call {
    State *state;
    PyObject *empty; /* borrowed: empty(shape) makes an array for the result */
    Pool *pool;
    OpenCl *opencl; /* NULL: another mode */
    Program *program;
    Image *source;
    bool flat; /* shaped (height, width) */
} Call;

static bool run(const Call *call, Image *result)
{
    Err err = {0};
    bool done;
    do {
        NoGil nogil = py_nogil_begin(call->state);
        done = call->opencl
                   ? opencl_run_image(call->opencl, call->program, call->source, result,
                                      call->pool, nogil.cancel)
                   : run_image(call->program, call->source, result, call->pool,
                               nogil.cancel);
        py_nogil_end(&nogil);
        if (!done)
            err_set(&err, ERR_CANCELLED, "stopped");
    } while (!done && py_nogil_retry(&err));
    if (!done)
        py_err_raise(call->state, &err);
    return done;
}

static PyObject *new_array(const Call *call, ImageInfo info)
{
    if (call->flat && info.channels == 1)
        return PyObject_CallFunction(call->empty, "((ii))", info.height, info.width);
    return PyObject_CallFunction(call->empty, "((iii))", info.height, info.width,
                                 info.channels);
}

/* *result is the array's own memory. False: exception set. */
static bool borrow(const Py_buffer *view, ImageInfo info, Image *result)
{
    ImageInfo made;
    if (!py_pixels_info(view, &made))
        return false;
    bool same = made.width == info.width && made.height == info.height &&
                made.channels == info.channels && made.depth == info.depth;
    if (same && py_pixels_borrow(view, info, result))
        return true;
    PyErr_Format(
        PyExc_ValueError,
        "empty() has to make an array of %d x %d aligned pixels with %d samples "
        "of %d bits, one after the other",
        info.width, info.height, info.channels, info.depth);
    return false;
}

/* Nobody else has the new array yet. */
static PyObject *fill(const Call *call)
{
    ImageInfo info = program_output(call->program, call->source->info);
    PyObject *array = new_array(call, info);
    Py_buffer view;
    Image result;
    if (!array || PyObject_GetBuffer(array, &view, VIEW | PyBUF_WRITABLE) < 0) {
        Py_XDECREF(array);
        return NULL;
    }
    bool good = borrow(&view, info, &result) && run(call, &result);
    PyBuffer_Release(&view);
    if (!good)
        Py_CLEAR(array);
    return array;
}

static bool compile(Call *call, Plan *plan)
{
    Err err;
    NoGil nogil = py_nogil_begin(call->state);
    call->program = compile_plan(plan, call->source->info.channels, &err);
    py_nogil_end(&nogil);
    if (!call->program)
        py_err_raise(call->state, &err);
    return call->program != NULL;
}

static PyObject *develop(Call *call, PyObject *stages)
{
    Err err;
    Plan *plan = py_plan_new(call->state, stages, call->source->info.depth,
                             &(PlanTools){0}, &err);
    if (!plan) {
        py_err_note(err.text);
        return py_err_raise(call->state, &err);
    }
    PyObject *array = compile(call, plan) ? fill(call) : NULL;
    program_unref(&call->program);
    plan_unref(&plan);
    return array;
}

/* From the view's own memory where that is possible. */
static PyObject *apply(Call *call, PyObject *stages, const Py_buffer *view)
{
    ImageInfo info;
    Image borrowed, *copy = NULL;
    if (!py_pixels_info(view, &info))
        return NULL;
    call->source = &borrowed;
    call->flat = view->ndim == 2;
    if (!py_pixels_borrow(view, info, &borrowed)) {
        call->source = copy = py_pixels_copy(call->state, view, info);
        if (!copy)
            return NULL;
    }
    PyObject *array = develop(call, stages);
    call->source = NULL;
    image_unref(&copy);
    return array;
}

PyObject *py_apply_array(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    Call call = {.state = PyModule_GetState(module)};
    PyObject *stages, *source, *wanted;
    Py_buffer view;
    Mode mode;
    if (!PyArg_ParseTuple(args, "O!OOO:apply_array", &PyList_Type, &stages, &source,
                          &call.empty, &wanted) ||
        !py_map_mode(call.state, wanted, &mode))
        return NULL;
    if (mode_is_python(mode))
        Py_RETURN_NONE;
    call.pool = mode == MODE_SINGLE ? NULL : py_host_pool(call.state);
    call.opencl = mode == MODE_OPENCL ? py_opencl_get(call.state) : NULL;
    if ((mode == MODE_OPENCL && !call.opencl) ||
        PyObject_GetBuffer(source, &view, VIEW) < 0)
        return NULL;
    PyObject *array = apply(&call, stages, &view);
    PyBuffer_Release(&view);
    return array;
}
