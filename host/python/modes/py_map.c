#include "python/modes/py_map.h"

#include "pipe/program/kinds.h"
#include "python/errors/py_err.h"
#include "python/modes/py_program_tables.h"
#include "python/modes/py_span.h"
#include "python/module/py_call.h"
#include "python/module/py_nogil.h"

static const char CAPSULE[] = "lutist map";

/* One run, which `tick` and `exact` know by a capsule. */
typedef struct Run {
    State *state;
    const Mapping *map; /* NULL: it has ended */
} Run;

/* A Run lies on its caller's stack. At its end the capsule gets this address instead.
 */
static const Run ENDED = {0};

static PyObject *py_map_tick(PyObject *self, PyObject *argument)
{
    ASSERT_GIL();
    const Run *run = PyCapsule_GetPointer(self, CAPSULE);
    double part = PyFloat_AsDouble(argument);
    if (!run || PyErr_Occurred())
        return NULL;
    bool more = run->map != NULL;
    if (more && run->map->go_on) {
        NoGil nogil = py_nogil_begin(run->state);
        more = run->map->go_on(run->map->context, part);
        py_nogil_end(&nogil);
    }
    return PyBool_FromLong(more);
}

static PyMethodDef tick = {"tick", py_map_tick, METH_O, "tick(part) -> go on?"};

static PyObject *map_exactly(const Run *run, const Py_buffer *pixels)
{
    ImageInfo info = run->map->src->info;
    size_t count = (size_t)pixels->len / ((size_t)(info.channels * info.depth) / 8);
    PyObject *result = PyBytes_FromStringAndSize(NULL, pixels->len);
    uint8_t *made = result ? (uint8_t *)PyBytes_AsString(result) : NULL;
    if (!made)
        return NULL;
    NoGil nogil = py_nogil_begin(run->state);
    map_exact(run->map->program, info.channels, pixels->buf, made, count);
    py_nogil_end(&nogil);
    return result;
}

static PyObject *py_map_exact(PyObject *self, PyObject *argument)
{
    ASSERT_GIL();
    const Run *run = PyCapsule_GetPointer(self, CAPSULE);
    Py_buffer pixels;
    if (!run || PyObject_GetBuffer(argument, &pixels, PyBUF_CONTIG_RO) < 0)
        return NULL;
    bool good = run->map && run->map->src->info.channels > 2;
    PyObject *result = good ? map_exactly(run, &pixels) : PyBytes_FromString("");
    PyBuffer_Release(&pixels);
    return result;
}

static PyMethodDef exact = {"exact", py_map_exact, METH_O,
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
static PyObject *call(State *state, const Mapping *map, PyObject *capsule)
{
    ImageInfo in = map->src->info, out = map->dst->info;
    size_t item = (size_t)in.depth / 8;
    return py_call("lutist.modes", "run", "(sNKN(iiiiinn)NNN)", mode_name(map->mode),
                   py_program_tables(state, map->program),
                   (unsigned long long)(uintptr_t)map->program,
                   rows_of(state, map->src, false), in.width, in.height, in.depth,
                   in.channels, out.channels, (Py_ssize_t)(map->src->stride / item),
                   (Py_ssize_t)(map->dst->stride / item),
                   rows_of(state, map->dst, true), PyCFunction_New(&exact, capsule),
                   PyCFunction_New(&tick, capsule));
}

bool py_map_run(State *state, const Mapping *map, bool *done)
{
    ASSERT_GIL();
    Run run = {state, map};
    PyObject *capsule = PyCapsule_New(&run, CAPSULE, NULL);
    PyObject *result = capsule ? call(state, map, capsule) : NULL;
    if (capsule)
        PyCapsule_SetPointer(capsule, (void *)&ENDED);
    *done = result == Py_True;
    Py_XDECREF(capsule);
    Py_XDECREF(result);
    return result != NULL;
}

bool py_map_whole(State *state, const Mapping *map, Err *err)
{
    ASSERT_GIL();
    bool done = false;
    if (!py_map_run(state, map, &done))
        return py_err_fetch(err);
    return done || err_set(err, ERR_CANCELLED, "stopped");
}

bool py_map_has_mode(Mode mode)
{
    ASSERT_GIL();
    PyObject *found = py_call("lutist.modes", "load", "(s)", mode_name(mode));
    Py_XDECREF(found);
    return found != NULL;
}

bool py_map_mode(const State *state, PyObject *object, Mode *mode)
{
    ASSERT_GIL();
    Err err;
    *mode = state->mode;
    if (object == Py_None)
        return true;
    const char *name = PyUnicode_Check(object) ? PyUnicode_AsUTF8(object) : NULL;
    if (!name && !PyErr_Occurred())
        PyErr_Format(PyExc_TypeError, "mode is a name, one of lutist.MODES, not %.100s",
                     Py_TYPE(object)->tp_name);
    if (name && !mode_parse(name, mode, &err))
        py_err_raise(state, &err);
    return !PyErr_Occurred();
}
