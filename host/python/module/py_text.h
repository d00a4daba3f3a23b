/* py_text — text between Python and plain C.
 *
 * A file name may hold bytes that are not UTF-8. Python has them as lone surrogates
 * ("surrogateescape"), plain C as themselves.
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_TEXT_H
#define LUTIST_PYTHON_MODULE_PY_TEXT_H

#include <string.h>

#include "base/file/outfile.h"
#include "base/mem.h"
#include "python/module/py.h"

/* New string of a str; surrogates that stand for no byte are written as "\ud800". NULL:
 * exception set. */
static inline char *py_text_copy(PyObject *object)
{
    PyObject *bytes = PyUnicode_AsEncodedString(object, "utf-8", "surrogateescape");
    if (!bytes && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
        PyErr_Clear();
        bytes = PyUnicode_AsEncodedString(object, "utf-8", "backslashreplace");
    }
    char *copy = bytes ? mem_dup(PyBytes_AS_STRING(bytes)) : NULL;
    Py_XDECREF(bytes);
    return copy;
}

/* New reference; NULL: exception set. */
static inline PyObject *py_text_str(const char *text)
{
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)strlen(text), "surrogateescape");
}

/* An error's text, where a call names the argument and not the shell's option. New
 * reference; NULL: exception set. */
static inline PyObject *py_text_reason(const char *text)
{
    size_t end = strlen(OUTFILE_ONLY), length = strlen(text);
    if (length < end || strcmp(text + length - end, OUTFILE_ONLY) != 0)
        return py_text_str(text);
    char *words = mem_printf("%.*s%s", (int)(length - end), text, OUTFILE_ONLY_CALL);
    PyObject *reason = py_text_str(words);
    mem_free(words);
    return reason;
}

#endif
