/* py_stages — stages as Python declared them, read into plain C.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_CURVE_PY_STAGES_H
#define LUTIST_PYTHON_CURVE_PY_STAGES_H

#include "python/curve/py_curve.h"

/* Starts zeroed. */
typedef struct PyStages {
    Stage *stages; /* owned; the curves in them are those below, the cubes the list's */
    int count;
    PyCurve **curves; /* owned: each once, in the order of their first use */
    int n_curves;
} PyStages;

/* Read what lutist.stages.flatten gives. recordings: as for py_record. On failure *err
 * is set, and an exception may be pending beside it, as in py_plan_new; clear it then,
 * too. */
bool py_stages_read(PyStages *read, PyObject *list, PyObject *recordings, Err *err);
void py_stages_clear(PyStages *read);

#endif
