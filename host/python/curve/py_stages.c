#include "python/curve/py_stages.h"

#include "base/mem.h"
#include "python/curve/py_cube.h"
#include "python/errors/py_err.h"

static const Curve *read_curve(PyStages *read, PyObject *object, PyObject *recordings,
                               Err *err)
{
    for (int i = 0; i < read->n_curves; i++)
        if (read->curves[i]->object == object)
            return &read->curves[i]->curve;
    PyCurve *curve = py_curve_new(object, read->count + 1, recordings, err);
    if (!curve)
        return NULL;
    read->curves = mem_more(read->curves, (size_t)read->n_curves, 1, sizeof(PyCurve *));
    read->curves[read->n_curves++] = curve;
    return &curve->curve;
}

static bool read_tone(PyStages *read, Stage *stage, PyObject *tuple,
                      PyObject *recordings, Err *err)
{
    stage->kind = STAGE_TONE;
    for (int c = 0; c < 3; c++) {
        PyObject *object = PyTuple_GetItem(tuple, 1 + c);
        if (object == Py_None)
            continue;
        stage->tone[c] = read_curve(read, object, recordings, err);
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

static bool read_cube(Stage *stage, PyObject *tuple, Err *err)
{
    stage->kind = STAGE_CUBE;
    stage->cube = py_cube_of(PyTuple_GetItem(tuple, 1));
    stage->mix = PyFloat_AsDouble(PyTuple_GetItem(tuple, 2));
    return !PyErr_Occurred() || py_err_fetch(err);
}

/* Each stage is ("tone", red, green, blue), ("matrix", and twelve numbers) or ("cube",
 * capsule, mix). */
static bool read_stage(PyStages *read, Stage *stage, PyObject *tuple,
                       PyObject *recordings, Err *err)
{
    switch (PyTuple_Size(tuple)) {
    case 3:
        return read_cube(stage, tuple, err);
    case 4:
        return read_tone(read, stage, tuple, recordings, err);
    default:
        return read_matrix(stage, tuple, err);
    }
}

bool py_stages_read(PyStages *read, PyObject *list, PyObject *recordings, Err *err)
{
    ASSERT_GIL();
    Py_ssize_t count = PyList_Size(list);
    if (count < 0)
        return py_err_fetch(err);
    read->stages = mem_new((size_t)count, sizeof *read->stages);
    for (; read->count < count; read->count++) {
        PyObject *tuple = PyList_GetItem(list, read->count);
        Stage *stage = &read->stages[read->count];
        if (!read_stage(read, stage, tuple, recordings, err))
            return false;
    }
    return true;
}

void py_stages_clear(PyStages *read)
{
    ASSERT_GIL();
    for (int i = 0; i < read->n_curves; i++)
        py_curve_free(read->curves[i]);
    mem_free(read->curves);
    mem_free(read->stages);
    *read = (PyStages){0};
}
