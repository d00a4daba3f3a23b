/* py_pass — what Python's modes need of the host: its memory as buffers, a program as
 * tables, a pass. Private to this folder.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_PY_PASS_H
#define LUTIST_PYTHON_PY_PASS_H

#include "python/pass.h"
#include "python/py.h"

/* Numbers in the host's memory, as a buffer for Python. */
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
int py_span_add_type(PyObject *module, State *state);
/* The program as lutist/modes.py reads it, a new dict; NULL: exception set. */
PyObject *py_program(State *state, Program *program);

/* The mode that `object` names, or the host's where it is None. False: exception set.
 */
bool py_mode(const State *state, PyObject *object, Mode *mode);
/* Can it run here? False: exception set, ModeError or another. */
bool py_has_mode(Mode mode);
/* A pass of pass.h. True: *done says whether it went through or was stopped. False:
 * exception set. */
bool py_pass(const Pass *pass, bool *done);

/* _lutist.apply(stages, image, mode); see lutist/pipeline.py. */
PyObject *py_apply(PyObject *module, PyObject *args);

#endif
