#include "python/errors/py_exceptions.h"

#include <errno.h>

/* Kinds of ImageError with an exception of Python's own. */
typedef struct FileKind {
    int codes[2];
    const char *name, *doc;
    PyObject **builtin;
} FileKind;

static const FileKind FILE_KINDS[FILE_ERRORS] = {
    {{ENOENT, ENOENT},
     "ImageNotFoundError",
     "An ImageError: there is no such file or folder; also a FileNotFoundError.",
     &PyExc_FileNotFoundError},
    {{EEXIST, EEXIST},
     "ImageExistsError",
     "An ImageError: the file exists and is not replaced; also a FileExistsError.",
     &PyExc_FileExistsError},
    {{EACCES, EPERM},
     "ImagePermissionError",
     "An ImageError: the file or its folder is not ours to use; also a "
     "PermissionError.",
     &PyExc_PermissionError},
    {{EISDIR, EISDIR},
     "ImageIsADirectoryError",
     "An ImageError: a folder in place of a file; also an IsADirectoryError.",
     &PyExc_IsADirectoryError},
    {{ENOTDIR, ENOTDIR},
     "ImageNotADirectoryError",
     "An ImageError: a file in place of a folder; also a NotADirectoryError.",
     &PyExc_NotADirectoryError},
};

/* "FILE: reason"; OSError's own form is "[Errno 2] reason: FILE". */
static PyObject *image_error_str(PyObject *self)
{
    PyObject *file = PyObject_GetAttrString(self, "filename");
    PyObject *reason = file ? PyObject_GetAttrString(self, "strerror") : NULL;
    PyObject *text = NULL;
    if (reason == Py_None)
        text = ((PyTypeObject *)PyExc_BaseException)->tp_str(self);
    else if (reason && file != Py_None)
        text = PyUnicode_FromFormat("%S: %S", file, reason);
    else if (reason)
        text = PyObject_Str(reason);
    Py_XDECREF(reason);
    Py_XDECREF(file);
    return text;
}

static PyType_Slot image_error_slots[] = {
    {Py_tp_doc,
     "A file that cannot be read or written; also an OSError.\n\n"
     "errno: the system's number, or None where the file itself is at fault.\n"
     "strerror: the reason.\n"
     "filename: as it was given; None for a stream without a name."},
    {Py_tp_str, image_error_str},
    {0, NULL},
};

static PyType_Spec image_error_spec = {
    .name = "lutist.ImageError",
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = image_error_slots,
};

static int add_image_error(PyObject *module, State *state)
{
    PyObject *bases = PyTuple_Pack(2, state->error, PyExc_OSError);
    if (bases)
        state->image_error = PyType_FromModuleAndSpec(module, &image_error_spec, bases);
    Py_XDECREF(bases);
    return state->image_error
               ? PyModule_AddObjectRef(module, "ImageError", state->image_error)
               : -1;
}

/* lutist.NAME(base, also); `also` may be NULL. */
static int add(PyObject *module, const char *name, const char *doc, PyObject *base,
               PyObject *also, PyObject **slot)
{
    char full[64];
    snprintf(full, sizeof full, "lutist.%s", name);
    PyObject *bases = also   ? PyTuple_Pack(2, base, also)
                      : base ? PyTuple_Pack(1, base)
                             : NULL;
    if (base && !bases)
        return -1;
    *slot = PyErr_NewExceptionWithDoc(full, doc, bases, NULL);
    Py_XDECREF(bases);
    return *slot ? PyModule_AddObjectRef(module, name, *slot) : -1;
}

static int add_file_errors(PyObject *module, State *state)
{
    int failed = add_image_error(module, state);
    for (int i = 0; !failed && i < FILE_ERRORS; i++)
        failed = add(module, FILE_KINDS[i].name, FILE_KINDS[i].doc, state->image_error,
                     *FILE_KINDS[i].builtin, &state->file_errors[i]);
    return failed;
}

int py_exceptions_add(PyObject *module, State *state)
{
    ASSERT_GIL();
    if (add(module, "Error", "What lutist could not do, and why, in one line.", NULL,
            NULL, &state->error) < 0 ||
        add_file_errors(module, state) < 0)
        return -1;
    if (add(module, "ParameterError",
            "A value that a signature does not allow; also a ValueError.", state->error,
            PyExc_ValueError, &state->parameter_error) < 0)
        return -1;
    return add(module, "ModeError", "A mode that cannot run here: numpy without NumPy.",
               state->error, NULL, &state->mode_error);
}

PyObject **py_exceptions_slot(State *state, int index)
{
    ASSERT_GIL();
    PyObject **const own[] = {&state->error, &state->image_error,
                              &state->parameter_error, &state->mode_error};
    const int n_own = sizeof own / sizeof *own;
    if (index >= n_own + FILE_ERRORS)
        return NULL;
    return index < n_own ? own[index] : &state->file_errors[index - n_own];
}

PyObject *py_exceptions_type(const State *state, const Err *err)
{
    ASSERT_GIL();
    switch (err->kind) {
    case ERR_USAGE:
        return state->parameter_error;
    case ERR_MEMORY:
        return PyExc_MemoryError;
    case ERR_FILE:
        break;
    default:
        return state->error;
    }
    for (int i = 0; i < FILE_ERRORS; i++)
        if (err->code == FILE_KINDS[i].codes[0] || err->code == FILE_KINDS[i].codes[1])
            return state->file_errors[i];
    return state->image_error;
}
