/* py_batch — _lutist.batch: batch/batch.h with Python for its hooks.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_FUNCTIONS_PY_BATCH_H
#define LUTIST_PYTHON_FUNCTIONS_PY_BATCH_H

#include "python/module/py.h"

/* See lutist/batching.py. */
PyObject *py_batch(PyObject *module, PyObject *args, PyObject *kwargs);

/* The path of a batch's journal, from its output. */
PyObject *py_batch_journal(PyObject *module, PyObject *output);

#endif
