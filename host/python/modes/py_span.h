/* py_span — _lutist.Span: numbers in the host's memory, as a buffer for Python.
 *
 * A Span holds a reference to the owner of its memory.
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODES_PY_SPAN_H
#define LUTIST_PYTHON_MODES_PY_SPAN_H

#include "pipe/program/program.h"
#include "python/module/py_state.h"

typedef struct Span {
    void *data;
    size_t bytes, item; /* all of it; one number */
    const char *format; /* of the module struct: "B", "H", "Q", "d"; static */
    bool writable;
    Image *image; /* whose memory it is: one of these, the other NULL */
    Program *program;
} Span;

/* A new object, which takes a reference of its own to the owner. */
PyObject *py_span_wrap(State *state, Span span);
/* Make the type. Not 0: exception set. */
int py_span_type_add(PyObject *module, State *state);

#endif
