/* py_err — an Err as an exception, and the other way.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_PY_ERR_H
#define LUTIST_PYTHON_PY_ERR_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/err.h"

typedef struct State State; /* py.h */

enum { FILE_ERRORS = 5 }; /* kinds of ImageError */

/* Errors, both ways. py_fetch clears the exception and returns false; `err->text` is
 * "FILE:LINE: Type: message", the traceback goes to err->trace. */
bool py_fetch(Err *err);
/* The same with a line below the traceback. */
bool py_fetch_noted(const char *note, Err *err);
/* Say with the pending exception, if any, where it came about. */
void py_note(const char *note);
/* The exception that is set, which is cleared; new reference, NULL: there is none. */
PyObject *py_take_exception(void);
/* Raise what `err` says; returns NULL. A pending exception is kept. */
PyObject *py_raise(const State *state, const Err *err);
/* The same where `err` is about a file that was given as `path`; NULL: without a name.
 */
PyObject *py_raise_file(const State *state, const Err *err, const char *path);

/* The exception types, as the module begins. Not 0: exception set. */
int py_exceptions_add(PyObject *module, State *state);
/* The module's references to them, for the collector; NULL past the last. */
PyObject **py_exceptions_slot(State *state, int index);

#endif
