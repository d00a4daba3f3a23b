#include "python/curve/py_cube.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/cube/cube_file.h"
#include "python/errors/py_err.h"
#include "python/module/py_nogil.h"
#include "python/module/py_text.h"

static const char CAPSULE[] = "lutist cube";

static void py_cube_release(PyObject *capsule)
{
    ASSERT_GIL();
    Cube *cube = PyCapsule_GetPointer(capsule, CAPSULE);
    cube_unref(&cube);
}

/* Owns the reference. */
static PyObject *wrap(Cube *cube)
{
    PyObject *capsule = PyCapsule_New(cube, CAPSULE, py_cube_release);
    if (!capsule)
        cube_unref(&cube);
    return capsule;
}

const Cube *py_cube_of(PyObject *capsule)
{
    ASSERT_GIL();
    return PyCapsule_GetPointer(capsule, CAPSULE);
}

static bool is_float32(const Py_buffer *view)
{
    return strcmp(view->format, "f") == 0;
}

static double entry(const Py_buffer *view, size_t i)
{
    return is_float32(view) ? ((const float *)view->buf)[i]
                            : ((const double *)view->buf)[i];
}

/* The first entry that a cube cannot have becomes an exception. */
static bool check_entries(const Py_buffer *view, int size)
{
    size_t count = 3 * (size_t)size * (size_t)size * (size_t)size, i = 0;
    while (i < count && fabs(entry(view, i)) <= CUBE_MOST_VALUE)
        i++;
    if (i == count)
        return true;
    size_t point = i / 3, side = (size_t)size;
    size_t at[3] = {point % side, point / side % side, point / side / side};
    double last = size - 1;
    char text[160];
    snprintf(text, sizeof text, "%s is %g at red %.6g, green %.6g, blue %.6g",
             (const char *[]){"red", "green", "blue"}[i % 3], entry(view, i),
             (double)at[0] / last, (double)at[1] / last, (double)at[2] / last);
    PyErr_SetString(PyExc_ValueError, text);
    return false;
}

static bool has_entries(const Cube *cube, const Py_buffer *view, int size)
{
    size_t count = 3 * (size_t)size * (size_t)size * (size_t)size, i = 0;
    if (cube->table.size != size)
        return false;
    if (!is_float32(view))
        return memcmp(cube->values, view->buf, count * sizeof(double)) == 0;
    while (i < count && cube->values[i] == entry(view, i))
        i++;
    return i == count;
}

static void name_cube(Cube *cube, const char *name)
{
    snprintf(cube->name, sizeof cube->name, "%s", name);
}

static PyObject *copy_entries(State *state, const Py_buffer *view, int size,
                              const char *name)
{
    Err err;
    if (!check_entries(view, size))
        return NULL;
    double *values = cube_values_new(size, &err);
    if (!values)
        return py_err_raise(state, &err);
    size_t count = 3 * (size_t)size * (size_t)size * (size_t)size;
    for (size_t i = 0; i < count; i++)
        values[i] = entry(view, i);
    Cube *cube = cube_take(values, size, (double[3]){0, 0, 0}, (double[3]){1, 1, 1});
    name_cube(cube, name);
    return wrap(cube);
}

static bool fits(const Py_buffer *view, int size)
{
    Py_ssize_t item = is_float32(view) ? sizeof(float) : sizeof(double);
    return size >= LUT3D_LEAST_SIZE && size <= LUT3D_MOST_SIZE &&
           (is_float32(view) || strcmp(view->format, "d") == 0) &&
           view->itemsize == item && view->len == item * 3 * size * size * size;
}

PyObject *py_cube_copy(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    PyObject *values, *old, *result = NULL;
    const char *name;
    int size;
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "OisO", &values, &size, &name, &old) ||
        PyObject_GetBuffer(values, &view, PyBUF_CONTIG_RO | PyBUF_FORMAT) < 0)
        return NULL;
    const Cube *known = old == Py_None ? NULL : py_cube_of(old);
    if (!fits(&view, size))
        PyErr_SetString(PyExc_ValueError, "not the floats of a cube");
    else if (known && has_entries(known, &view, size))
        result = Py_NewRef(old);
    else if (!PyErr_Occurred())
        result = copy_entries(PyModule_GetState(module), &view, size, name);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *channel_bytes(const CubeTables *tables, size_t channel)
{
    size_t rows = (size_t)tables->n_rows;
    PyObject *bytes =
        PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(rows * sizeof(double)));
    char *to = bytes ? PyBytes_AsString(bytes) : NULL;
    for (size_t i = 0; to && i < rows; i++)
        memcpy(to + i * sizeof(double), &tables->rows[3 * i + channel], sizeof(double));
    return bytes;
}

static PyObject *curves_of(const CubeTables *tables)
{
    const double *lo = tables->lo, *hi = tables->hi;
    if (!tables->rows)
        return Py_NewRef(Py_None);
    return Py_BuildValue("(NNN(ddd)(ddd))", channel_bytes(tables, 0),
                         channel_bytes(tables, 1), channel_bytes(tables, 2), lo[0],
                         lo[1], lo[2], hi[0], hi[1], hi[2]);
}

/* The cube behind the curves. */
static PyObject *joined(const State *state, const CubeTables *tables)
{
    Err err;
    if (!tables->cube || !tables->rows)
        return Py_NewRef(Py_None);
    Cube *cube = cube_tables_join(tables, &err);
    return cube ? wrap(cube) : py_err_raise(state, &err);
}

/* What read_cube returns. */
static PyObject *tables_of(const State *state, const CubeTables *tables)
{
    size_t size = tables->cube ? (size_t)tables->cube->table.size : 0;
    size_t points = size * size * size + (size_t)tables->n_rows;
    PyObject *cube = tables->cube ? wrap(cube_ref(tables->cube)) : Py_NewRef(Py_None);
    PyObject *shaped = cube ? joined(state, tables) : NULL;
    PyObject *curves = shaped ? curves_of(tables) : NULL;
    if (curves)
        return Py_BuildValue("(NNNn)", cube, shaped, curves, (Py_ssize_t)points);
    Py_XDECREF(cube);
    Py_XDECREF(shaped);
    return NULL;
}

/* A broken file is a ValueError. */
static PyObject *raise_read(const State *state, const Err *err, const char *path)
{
    if (err->kind != ERR_FILE || err->code)
        return py_err_raise_file(state, err, path);
    PyObject *text = py_text_str(err->text);
    if (text)
        PyErr_SetObject(PyExc_ValueError, text);
    Py_XDECREF(text);
    return NULL;
}

static bool load(State *state, const char *path, CubeTables *found, Err *err)
{
    bool good;
    do {
        NoGil nogil = py_nogil_begin(state);
        good = cube_file_load(path, nogil.cancel, found, err);
        py_nogil_end(&nogil);
    } while (!good && py_nogil_retry(err));
    return good;
}

PyObject *py_cube_read(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    State *state = PyModule_GetState(module);
    CubeTables found;
    Err err;
    PyObject *path, *result;
    if (!PyArg_ParseTuple(args, "O&", PyUnicode_FSConverter, &path))
        return NULL;
    if (load(state, PyBytes_AsString(path), &found, &err)) {
        result = tables_of(state, &found);
        cube_tables_clear(&found);
    } else {
        result =
            PyErr_Occurred() ? NULL : raise_read(state, &err, PyBytes_AsString(path));
    }
    Py_DECREF(path);
    return result;
}
