/* py_curve — a curve of a script: a Python callable, or a table copied out of Python.
 *
 * A callable is recorded (lutist/recording/record.py); where that fails it is called
 * for every value. Private to the room, and to script_stages.c.
 * Threads: made and freed with the GIL; the functions in `curve` take it themselves, on
 * the thread of `nogil`.
 * Python:  caller must hold the GIL for every py_curve_* function.
 */
#ifndef LUTIST_PYTHON_CURVE_PY_CURVE_H
#define LUTIST_PYTHON_CURVE_PY_CURVE_H

#include "pipe/expr/expr.h"
#include "pipe/plan/plan_summary.h"
#include "python/module/py_nogil.h"

typedef struct PyCurve {
    Curve curve;
    PyObject *object;    /* owned: the callable or the table */
    Expr *expr;          /* owned; NULL: call `object` */
    int stage;           /* 1-based, for messages */
    NoGil *nogil;        /* borrowed: of the call that makes the plan, while it runs */
    char why[CURVE_WHY]; /* why it was not recorded */
    /* how `object` has been called; by the thread that makes the plan */
    bool arrays; /* with arrays */
    bool values; /* value by value */
} PyCurve;

/* `object` comes from lutist.stages: a callable, an array('d') of two values or more,
 * or (array, lo, hi, mix), the arguments of expr_table_over. `recordings`: as for
 * py_record. Fails as py_plan does. */
PyCurve *py_curve_new(PyObject *object, int stage, PyObject *recordings, Err *err);
void py_curve_free(PyCurve *curve);

#endif
