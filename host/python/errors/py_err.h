/* py_err — an Err as an exception, and the other way.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_ERRORS_PY_ERR_H
#define LUTIST_PYTHON_ERRORS_PY_ERR_H

#include "python/module/py_state.h"

/* Move the pending exception into *err and clear it; returns false. `err->text` becomes
 * "FILE:LINE: Type: message", `err->trace` the traceback. */
bool py_err_fetch(Err *err);
/* The same with a line below the traceback. */
bool py_err_fetch_noted(const char *note, Err *err);
/* Add to the pending exception, if any, where it came about. */
void py_err_note(const char *note);
/* Take the pending exception, which is cleared; new reference, NULL: there is none. */
PyObject *py_err_take(void);
/* Raise what `err` says; returns NULL. A pending exception is kept. */
PyObject *py_err_raise(const State *state, const Err *err);
/* The same where `err` is about a file that was given as `path`; NULL: without a name.
 */
PyObject *py_err_raise_file(const State *state, const Err *err, const char *path);

#endif
