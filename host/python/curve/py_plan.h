/* py_plan — stages as Python declared them, turned into a plan.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_CURVE_PY_PLAN_H
#define LUTIST_PYTHON_CURVE_PY_PLAN_H

#include "pipe/plan/plan.h"
#include "pipe/plan/plan_summary.h"
#include "python/module/py_state.h"

/* What a plan is made with; all of it borrowed, and each may be NULL. */
typedef struct PlanTools {
    ToneCache *tones;     /* what the last plan left */
    PyObject *recordings; /* its RecordCache */
    PlanSummary *report;  /* filled on success */
} PlanTools;

/* Stages as lutist.stages.flatten gives them → a plan. On failure *err is set, and an
 * exception may be pending beside it: py_plan_fail joins the two. */
Plan *py_plan_new(State *state, PyObject *stages, int depth, const PlanTools *tools,
                  Err *err);
/* After py_plan_new failed: the pending exception, if any, goes into *err, and what
 * *err said and `setting` ("with exposure=0.5", or "") below its traceback. */
bool py_plan_fail(const char *setting, Err *err);

#endif
