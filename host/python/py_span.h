/* py_span — the host's memory as Python sees it, and a program as spans. Private to
 * this folder.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_PY_SPAN_H
#define LUTIST_PYTHON_PY_SPAN_H

#include "pipe/compile.h"
#include "python/py.h"

typedef struct Span {
    void *data;
    size_t bytes, item; /* all of it; one number */
    const char *format; /* of the module struct: "B", "H", "Q", "d"; static */
    bool writable;
    Image *image; /* whose memory it is: one of these, the other NULL */
    Program *program;
} Span;

/* A new object with a reference of its own to the owner. */
PyObject *py_span_wrap(State *state, Span span);
int py_span_add_type(PyObject *module, State *state);

/* The program as lutist/modes.py reads it, a new dict; NULL: exception set. */
PyObject *py_program(State *state, Program *program);

#endif
