#include "python/image/py_coding.h"

int py_coding_quality(PyObject *object, void *quality)
{
    ASSERT_GIL();
    int number = PyUnicode_Check(object) ? QUALITY_KEEP : (int)PyLong_AsLong(object);
    if (number == -1 && PyErr_Occurred())
        return 0;
    *(int *)quality = number;
    return 1;
}

int py_coding_take(PyObject *object, void *options)
{
    ASSERT_GIL();
    SaveOptions *save = options;
    PackOptions *pack = &save->pack;
    int lossless, progressive, optimize;
    if (!PyTuple_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "must be a tuple");
        return 0;
    }
    if (!PyArg_ParseTuple(object, "O&pppiiizz", py_coding_quality, &save->quality,
                          &lossless, &progressive, &optimize, &pack->restart,
                          &pack->level, &pack->depth, &pack->compression,
                          &pack->predictor))
        return 0;
    save->lossless = lossless;
    pack->progressive = progressive;
    pack->optimize = optimize;
    return 1;
}
