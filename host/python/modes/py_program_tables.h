/* py_program_tables — the tables that kernels read, as buffers for Python.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODES_PY_PROGRAM_TABLES_H
#define LUTIST_PYTHON_MODES_PY_PROGRAM_TABLES_H

#include "pipe/program/program.h"
#include "python/module/py_state.h"

/* The program as lutist/modes reads it, a new dict; NULL: exception set. "doubtful" and
 * "hopeless" are the plan's; the entries of a doubtful mixer have their marks. */
PyObject *py_program_tables(State *state, Program *program);

#endif
