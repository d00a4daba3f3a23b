#include "python/modes/py_span.h"

typedef struct PySpan {
    PyObject_HEAD Span span;
    Py_ssize_t count;
} PySpan;

static const Span *span_of(PyObject *self)
{
    return &((PySpan *)self)->span;
}

PyObject *py_span_wrap(State *state, Span span)
{
    ASSERT_GIL();
    PySpan *self = PyObject_New(PySpan, state->span_type);
    if (!self)
        return NULL;
    self->span = span;
    self->count = (Py_ssize_t)(span.bytes / span.item);
    if (span.image)
        image_ref(span.image);
    if (span.program)
        program_ref(span.program);
    return (PyObject *)self;
}

static void py_span_dealloc(PyObject *self)
{
    ASSERT_GIL();
    PyTypeObject *type = Py_TYPE(self);
    image_unref(&((PySpan *)self)->span.image);
    program_unref(&((PySpan *)self)->span.program);
    PyObject_Free(self);
    Py_DECREF(type);
}

static int py_span_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    ASSERT_GIL();
    const Span *span = span_of(self);
    view->obj = NULL;
    if ((flags & PyBUF_WRITABLE) && !span->writable) {
        PyErr_SetString(PyExc_BufferError, "this memory is the host's, for reading");
        return -1;
    }
    *view = (Py_buffer){
        .buf = span->data,
        .obj = Py_NewRef(self),
        .len = (Py_ssize_t)span->bytes,
        .itemsize = (Py_ssize_t)span->item,
        .readonly = !span->writable,
        .ndim = 1,
        .format = flags & PyBUF_FORMAT ? (char *)span->format : NULL,
        .shape = flags & PyBUF_ND ? &((PySpan *)self)->count : NULL,
        .strides = flags & PyBUF_STRIDES ? &view->itemsize : NULL,
    };
    return 0;
}

static PyObject *py_span_address(PyObject *self, void *context)
{
    ASSERT_GIL();
    (void)context;
    return PyLong_FromVoidPtr(span_of(self)->data);
}

static PyGetSetDef getters[] = {
    {"address", py_span_address, NULL, "Where it begins, for C.", NULL},
    {NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Numbers in the host's memory; see lutist/modes."},
    {Py_tp_dealloc, py_span_dealloc},
    {Py_tp_getset, getters},
    {Py_bf_getbuffer, py_span_getbuffer},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "_lutist.Span",
    .basicsize = sizeof(PySpan),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

int py_span_type_add(PyObject *module, State *state)
{
    ASSERT_GIL();
    state->span_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    return state->span_type ? 0 : -1;
}
