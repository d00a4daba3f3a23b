#include "python/image/py_image_type.h"

#include "pipe/convert/convert_image_depth.h"
#include "python/errors/py_err.h"
#include "python/image/py_image.h"
#include "python/image/py_image_buffer.h"
#include "python/image/py_image_save.h"
#include "python/image/py_image_scale.h"
#include "python/image/py_meta.h"
#include "python/module/py_call.h"
#include "python/module/py_host.h"
#include "python/module/py_nogil.h"

static void py_image_dealloc(PyObject *self)
{
    ASSERT_GIL();
    PyTypeObject *type = Py_TYPE(self);
    PyImage *me = (PyImage *)self;
    Image *image = me->image;
    if (image)
        image_unref(&me->lent);
    py_image_spare(py_image_state(self), image ? image : me->lent);
    PyObject_Free(self);
    Py_DECREF(type);
}

static PyObject *py_image_close(PyObject *self, PyObject *none)
{
    ASSERT_GIL();
    (void)none;
    Image *image;
    PY_LOCK(self);
    image = ((PyImage *)self)->image;
    ((PyImage *)self)->image = NULL;
    PY_UNLOCK();
    image_unref(&image);
    Py_RETURN_NONE;
}

static PyObject *py_image_enter(PyObject *self, PyObject *none)
{
    ASSERT_GIL();
    (void)none;
    ImageInfo info;
    return py_image_info(self, &info) ? Py_NewRef(self) : NULL;
}

static PyObject *py_image_exit(PyObject *self, PyObject *args)
{
    ASSERT_GIL();
    (void)args;
    return py_image_close(self, NULL);
}

/* Pixels are never written to: a copy is another object around the same ones. */
static PyObject *py_image_copy(PyObject *self, PyObject *memo)
{
    ASSERT_GIL();
    (void)memo;
    Image *image = py_image_ref(self);
    return image ? py_image_wrap(py_image_state(self), image) : NULL;
}

static PyObject *py_image_reduce(PyObject *self, PyObject *protocol)
{
    ASSERT_GIL();
    return py_call("lutist.images", "reduce", "(OO)", self, protocol);
}

static PyObject *py_image_png(PyObject *self, PyObject *none)
{
    ASSERT_GIL();
    (void)none;
    return py_call("lutist.notebook.shown", "png", "(O)", self);
}

static PyObject *py_image_bundle(PyObject *self, PyObject *args, PyObject *kwargs)
{
    ASSERT_GIL();
    static char *names[] = {"include", "exclude", NULL};
    PyObject *include = Py_None, *exclude = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OO:_repr_mimebundle_", names,
                                     &include, &exclude))
        return NULL;
    return py_call("lutist.notebook.shown", "mimebundle", "(OOO)", self, include,
                   exclude);
}

static PyObject *py_image_metadata(PyObject *self, void *closure)
{
    ASSERT_GIL();
    (void)closure;
    return py_call("lutist.images", "metadata", "(O)", self);
}

static PyObject *py_image_carried(PyObject *self, PyObject *none)
{
    ASSERT_GIL();
    (void)none;
    Image *image = py_image_ref(self);
    if (!image)
        return NULL;
    PyObject *dict = py_meta_dict(image->meta);
    image_unref(&image);
    return dict;
}

static PyObject *py_image_convert(PyObject *self, PyObject *args, PyObject *kwargs)
{
    ASSERT_GIL();
    static char *names[] = {"depth", NULL};
    PyObject *wanted;
    ImageInfo info;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O:convert", names, &wanted) ||
        !py_image_info(self, &info))
        return NULL;
    Py_ssize_t depth = PyIndex_Check(wanted) ? PyNumber_AsSsize_t(wanted, NULL) : 0;
    if (depth != 8 && depth != 16)
        return PyErr_Format(PyIndex_Check(wanted) ? PyExc_ValueError : PyExc_TypeError,
                            "depth=%R: there are 8 and 16", wanted);
    State *state = py_image_state(self);
    Image *source = py_image_ref(self), *image;
    if (!source)
        return NULL;
    Err err;
    Pool *pool = py_host_pool(state);
    py_image_spare_drop(state);
    NoGil nogil = py_nogil_begin(state);
    image = convert_image_depth(source, (int)depth, pool, &err);
    image_unref(&source);
    py_nogil_end(&nogil);
    return image ? py_image_wrap(state, image) : py_err_raise(state, &err);
}

static PyObject *py_image_number(PyObject *self, void *which)
{
    ASSERT_GIL();
    ImageInfo info;
    if (!py_image_info(self, &info))
        return NULL;
    const int numbers[] = {info.width, info.height, info.channels, info.depth};
    return PyLong_FromLong(numbers[(intptr_t)which]);
}

static PyObject *py_image_size(PyObject *self, void *closure)
{
    ASSERT_GIL();
    (void)closure;
    ImageInfo info;
    return py_image_info(self, &info) ? Py_BuildValue("(ii)", info.width, info.height)
                                      : NULL;
}

static PyObject *py_image_closed(PyObject *self, void *closure)
{
    ASSERT_GIL();
    (void)closure;
    Image *image = py_image_peek(self);
    bool closed = !image;
    image_unref(&image);
    return PyBool_FromLong(closed);
}

static PyObject *py_image_repr(PyObject *self)
{
    ASSERT_GIL();
    Image *image = py_image_peek(self);
    if (!image)
        return PyUnicode_FromString("<lutist.Image, closed>");
    ImageInfo info = image->info;
    image_unref(&image);
    return PyUnicode_FromFormat("<lutist.Image %dx%d, %d channels, %d bits>",
                                info.width, info.height, info.channels, info.depth);
}

static PyGetSetDef getters[] = {
    {"width", py_image_number, NULL, "Pixels in a row.", (void *)0},
    {"height", py_image_number, NULL, "Rows.", (void *)1},
    {"channels", py_image_number, NULL, "1 gray, 2 gray + alpha, 3 RGB, 4 RGBA.",
     (void *)2},
    {"depth", py_image_number, NULL, "Bits a sample: 8 or 16.", (void *)3},
    {"shape", py_image_buffer_shape, NULL,
     "As memoryview(image).shape: (height, width), with channels behind unless gray."},
    {"size", py_image_size, NULL, "(width, height), as of a Pillow image."},
    {"closed", py_image_closed, NULL, "Have the pixels been let go?"},
    {"metadata", py_image_metadata, NULL,
     "What the image carries beside its pixels, a read-only mapping of what there is:\n"
     "exif, icc, xmp, iptc and png_texts (bytes; exif begins with its TIFF header), "
     "orientation "
     "(of\nexif, always 1: the picture is upright), dpi; comments of JPEG and GIF (a "
     "tuple of "
     "bytes);\nof PNG cicp (four numbers), srgb_intent, gamma and chromaticities (x, y "
     "of white, red,\ngreen, blue; TIFF may have them, too); of TIFF geotiff (bytes: a "
     "TIFF structure with the\ntags of its place on the earth) and geotiff_size "
     "(width, "
     "height: a result of another size\nis written without)."},
    {"__array_interface__", py_image_buffer_interface, NULL,
     "NumPy's array interface, version 3, read-only. The pixels stay until the image "
     "is "
     "gone,\nclosed or not."},
    {NULL},
};

#define KEYWORDS(function) (PyCFunction)(void (*)(void))(function)

static PyMethodDef methods[] = {
    {"from_buffer", KEYWORDS(py_image_buffer_copy),
     METH_CLASS | METH_VARARGS | METH_KEYWORDS,
     "from_buffer($type, obj, /, *, metadata=None)\n--\n\n"
     "A new Image: a copy of uint8 or uint16 samples, of any strides.\n\n"
     "obj: a buffer or array shaped (height, width) or (height, width, channels),\n"
     "    channels 1 to 4.\n"
     "metadata: a mapping as of another image's metadata.\n"
     "Raises ValueError for another shape, type or name."},
    {"convert", KEYWORDS(py_image_convert), METH_VARARGS | METH_KEYWORDS,
     "convert($self, depth)\n--\n\n"
     "A new Image: the same picture at 8 or 16 bits a sample.\n\n"
     "8 bits become 16 exactly (times 257), 16 become 8 by rounding. Raises ValueError "
     "for\nanother depth."},
    {"save", KEYWORDS(py_image_save), METH_VARARGS | METH_KEYWORDS,
     "save($self, file, *, quality=0, lossless=False, depth=None, progressive=False,\n"
     "     optimize=False, restart=0, level=0, compression=None, predictor=None,\n"
     "     format=None, overwrite=False)\n--\n\n"
     "Write a JPEG, PNG, TIFF, WebP or JPEG XL.\n\n"
     "file: a path, or an object with write() for bytes.\n"
     "quality: of JPEG, WebP and JPEG XL, 1 to 100; 0 is the default, 92. \"keep\": a\n"
     "    JPEG of an image that was opened from one has its tables and subsampling.\n"
     "lossless: write WebP and JPEG XL without loss, as PNG and TIFF always are.\n"
     "depth: 8 or 16 bits a sample; None: those of the image. JPEG and WebP have 8.\n"
     "progressive: write JPEG in several scans.\n"
     "optimize: give a JPEG Huffman tables of its own.\n"
     "restart: put a marker into a JPEG after so many rows of blocks; 0: none.\n"
     "level: how small PNG, and TIFF with deflate, become, 1 to 9; 0 is the default.\n"
     "compression: of TIFF: \"none\", \"lzw\" or \"deflate\", which None is.\n"
     "predictor: of TIFF: \"none\" or \"horizontal\", which None is.\n"
     "format: \"jpeg\", \"png\", \"tiff\", \"webp\" or \"jxl\"; None: by the path's\n"
     "    extension. An object without a name needs it.\n"
     "overwrite: replace an existing file; a link is replaced itself.\n"
     "An option of another format changes nothing, but that a JPEG cannot be "
     "lossless.\n"
     "The file of a path appears whole or not at all. It is no more open to others "
     "than\n"
     "the file that the image was opened from, or than the file that it replaces.\n"
     "Raises ImageError (ImageExistsError, ImageNotFoundError, …), ParameterError."},
    {"close", py_image_close, METH_NOARGS,
     "close($self)\n--\n\nLet the pixels go, unless a view of them is left; "
     "what is asked of the image afterwards\nraises ValueError."},
    {"__enter__", py_image_enter, METH_NOARGS, "__enter__($self)\n--\n\nThe image."},
    {"__exit__", py_image_exit, METH_VARARGS,
     "__exit__($self, *exception)\n--\n\nClose it."},
    {"__copy__", py_image_copy, METH_NOARGS,
     "__copy__($self)\n--\n\nAnother Image with the same pixels, which are shared."},
    {"__deepcopy__", py_image_copy, METH_O,
     "__deepcopy__($self, memo, /)\n--\n\nThe same: pixels are never written to."},
    {"__reduce_ex__", py_image_reduce, METH_O,
     "__reduce_ex__($self, protocol, /)\n--\n\nFor pickle; from protocol 5 on the "
     "pixels can go out of band."},
    {"_repr_png_", py_image_png, METH_NOARGS,
     "_repr_png_($self)\n--\n\nFor notebooks: a PNG of 8 bits, at most 1024 pixels a "
     "side."},
    {"_repr_mimebundle_", KEYWORDS(py_image_bundle), METH_VARARGS | METH_KEYWORDS,
     "_repr_mimebundle_($self, include=None, exclude=None)\n--\n\nFor notebooks: the "
     "same, and a line of text."},
    {"_scaled", py_image_scale, METH_VARARGS, "For lutist.notebook."},
    {"_carried", py_image_carried, METH_NOARGS, "For lutist.images."},
    {"_saved", py_image_save_path, METH_VARARGS, "For lutist.images."},
    {"_encoded", py_image_save_bytes, METH_VARARGS, "For lutist.images."},
    {NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc,
     "Pixels of the host: 8 or 16 bits, gray to RGBA, never written to.\n\n"
     "Supports the buffer protocol without a copy: memoryview(image) and\n"
     "numpy.asarray(image) are shaped (height, width) or (height, width, channels).\n"
     "Two are equal when shape, depth and pixels are. As a context manager it closes "
     "itself.\nlutist.open(file) and Image.from_buffer(array) make one."},
    {Py_tp_dealloc, py_image_dealloc},
    {Py_tp_repr, py_image_repr},
    {Py_tp_richcompare, py_image_buffer_compare},
    {Py_tp_getset, getters},
    {Py_tp_methods, methods},
    {Py_bf_getbuffer, py_image_buffer_get},
    {Py_bf_releasebuffer, py_image_buffer_release},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "lutist.Image",
    .basicsize = sizeof(PyImage),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

int py_image_type_add(PyObject *module, State *state)
{
    ASSERT_GIL();
    state->image_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    if (!state->image_type)
        return -1;
    return PyModule_AddType(module, state->image_type);
}
