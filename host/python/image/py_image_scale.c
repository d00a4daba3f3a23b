#include "python/image/py_image_scale.h"

#include "pipe/scale/scale.h"
#include "python/errors/py_err.h"
#include "python/image/py_image.h"
#include "python/module/py_host.h"
#include "python/module/py_nogil.h"

PyObject *py_image_scale(PyObject *self, PyObject *args)
{
    ASSERT_GIL();
    State *state = py_image_state(self);
    int width, height;
    if (!PyArg_ParseTuple(args, "ii:_scaled", &width, &height))
        return NULL;
    if (width < 1 || height < 1)
        return PyErr_Format(PyExc_ValueError, "a size starts at 1");
    Image *source = py_image_ref(self), *image;
    if (!source)
        return NULL;
    Err err;
    Pool *pool = py_host_pool(state);
    py_image_spare_drop(state);
    do {
        NoGil nogil = py_nogil_begin(state);
        ScaleArea all = {0, 0, source->info.width, source->info.height};
        image = scale_area(source, all, width, height, pool, nogil.cancel, &err);
        py_nogil_end(&nogil);
    } while (!image && py_nogil_retry(&err));
    image_unref(&source);
    return image ? py_image_wrap(state, image) : py_err_raise(state, &err);
}
