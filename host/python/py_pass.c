/* Passes: a program and two images handed to lutist/modes.py. */
#include <string.h>

#include "pipe/program/run.h"
#include "python/py_call.h"
#include "python/py_pass.h"

enum { MOST_INTERRUPTS = 1 };
static const char PASS[] = "lutist pass";

/* What Python calls during a pass. That is on its caller's stack, so the capsule is
 * pointed elsewhere when it ends. */
static const Pass OVER = {0};

static PyObject *py_tick(PyObject *self, PyObject *argument)
{
    ASSERT_GIL();
    const Pass *pass = PyCapsule_GetPointer(self, PASS);
    double part = PyFloat_AsDouble(argument);
    if (!pass || PyErr_Occurred())
        return NULL;
    bool more = pass != &OVER;
    if (more && pass->go_on) {
        Outside outside = py_let_go(py_state());
        more = pass->go_on(pass->context, part);
        py_take_back(&outside);
    }
    return PyBool_FromLong(more);
}

static PyMethodDef tick = {"tick", py_tick, METH_O, "tick(part) -> go on?"};

static PyObject *map_exactly(const Pass *pass, const Py_buffer *pixels)
{
    ImageInfo info = pass->src->info;
    size_t count = (size_t)pixels->len / ((size_t)(info.channels * info.depth) / 8);
    PyObject *result = PyBytes_FromStringAndSize(NULL, pixels->len);
    uint8_t *made = result ? (uint8_t *)PyBytes_AsString(result) : NULL;
    if (!made)
        return NULL;
    Outside outside = py_let_go(py_state());
    run_exact(pass->program, info.channels, pixels->buf, made, count);
    py_take_back(&outside);
    return result;
}

static PyObject *py_exact(PyObject *self, PyObject *argument)
{
    ASSERT_GIL();
    const Pass *pass = PyCapsule_GetPointer(self, PASS);
    Py_buffer pixels;
    if (!pass || PyObject_GetBuffer(argument, &pixels, PyBUF_CONTIG_RO) < 0)
        return NULL;
    bool good = pass != &OVER && pass->src->info.channels > 2;
    PyObject *result = good ? map_exactly(pass, &pixels) : PyBytes_FromString("");
    PyBuffer_Release(&pixels);
    return result;
}

static PyMethodDef exact = {"exact", py_exact, METH_O,
                            "exact(colour pixels in a row) -> bytes"};

static PyObject *rows_of(State *state, Image *image, bool writable)
{
    size_t item = (size_t)image->info.depth / 8;
    return py_span_wrap(state,
                        (Span){.data = image->data,
                               .bytes = image->stride * (size_t)image->info.height,
                               .item = item,
                               .format = item == 1 ? "B" : "H",
                               .writable = writable,
                               .image = image});
}

/* True, False (stopped) or NULL (an exception) from lutist.modes.run. */
static PyObject *call(State *state, const Pass *pass, PyObject *capsule)
{
    ImageInfo in = pass->src->info, out = pass->dst->info;
    size_t item = (size_t)in.depth / 8;
    PyObject *module = PyImport_ImportModule("lutist.modes");
    PyObject *result =
        module ? PyObject_CallMethod(
                     module, "run", "sNKN(iiiiinn)NNN", mode_name(pass->mode),
                     py_program(state, pass->program),
                     (unsigned long long)(uintptr_t)pass->program,
                     rows_of(state, pass->src, false), in.width, in.height, in.depth,
                     in.channels, out.channels, (Py_ssize_t)(pass->src->stride / item),
                     (Py_ssize_t)(pass->dst->stride / item),
                     rows_of(state, pass->dst, true), PyCFunction_New(&exact, capsule),
                     PyCFunction_New(&tick, capsule))
               : NULL;
    Py_XDECREF(module);
    return result;
}

static bool stopped(Err *err)
{
    return err_set(err, ERR_CANCELLED, "stopped");
}

bool py_pass(const Pass *pass, bool *done)
{
    ASSERT_GIL();
    State *state = py_state();
    PyObject *capsule = state ? PyCapsule_New((void *)pass, PASS, NULL) : NULL;
    PyObject *result = capsule ? call(state, pass, capsule) : NULL;
    if (capsule)
        PyCapsule_SetPointer(capsule, (void *)&OVER);
    *done = result == Py_True;
    Py_XDECREF(capsule);
    Py_XDECREF(result);
    return result != NULL;
}

bool script_pass(const Pass *pass, Err *err)
{
    ASSERT_NO_GIL();
    bool done = false;
    PyGILState_STATE gil = PyGILState_Ensure();
    bool good = py_pass(pass, &done);
    if (!good)
        py_fetch(err);
    PyGILState_Release(gil);
    return good && (done || stopped(err));
}

bool py_has_mode(Mode mode)
{
    ASSERT_GIL();
    PyObject *module = PyImport_ImportModule("lutist.modes");
    PyObject *found =
        module ? PyObject_CallMethod(module, "load", "s", mode_name(mode)) : NULL;
    Py_XDECREF(found);
    Py_XDECREF(module);
    return found != NULL;
}

bool script_has_mode(Mode mode, Err *err)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    bool found = py_has_mode(mode);
    if (!found)
        py_fetch(err);
    PyGILState_Release(gil);
    return found;
}

static void copy_rows(uint8_t *to, size_t to_stride, const uint8_t *from,
                      size_t from_stride, size_t bytes, int rows)
{
    for (int y = 0; y < rows; y++)
        memcpy(to + (size_t)y * to_stride, from + (size_t)y * from_stride, bytes);
}

static bool pass_patiently(const Pass *pass, Err *err)
{
    for (int interrupts = 0;; interrupts++) {
        if (script_pass(pass, err))
            return true;
        if (err->kind != ERR_CANCELLED || interrupts == MOST_INTERRUPTS)
            return false;
    }
}

/* By way of copies: the worker's memory is its own again as soon as this returns. */
bool script_map(Mode mode, const BatchStrip *strip, Err *err)
{
    ImageInfo in = strip->in;
    in.height = strip->rows;
    Image *src = image_new(in, err);
    Image *dst = src ? image_new(program_output(strip->program, in), err) : NULL;
    bool good = dst != NULL;
    if (good) {
        copy_rows(src->data, src->stride, strip->src, strip->src_stride,
                  image_row_bytes(in), in.height);
        Pass pass = {.mode = mode, .program = strip->program, .src = src, .dst = dst};
        good = pass_patiently(&pass, err);
    }
    if (good)
        copy_rows(strip->dst, strip->dst_stride, dst->data, dst->stride,
                  image_row_bytes(dst->info), in.height);
    image_unref(&dst);
    image_unref(&src);
    return good;
}
