/* py_plan — stages as Python declared them, turned into a plan.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_CURVE_PY_PLAN_H
#define LUTIST_PYTHON_CURVE_PY_PLAN_H

#include "pipe/color/color_conversion.h"
#include "pipe/plan/plan.h"
#include "pipe/plan/plan_summary.h"
#include "python/module/py_state.h"

/* The caches and the summary of a plan; all borrowed, each may be NULL or 0. */
typedef struct PlanTools {
    ToneCache *tones;             /* values of the last plan */
    PyObject *recordings;         /* its RecordCache */
    PlanSummary *summary;         /* filled on success */
    const ColorConversion *after; /* comes behind the stages */
    int points; /* 0, or the number for plan_points_new, which uses no `tones` */
} PlanTools;

/* Stages as lutist.stages.flatten gives them → a plan. On failure *err is set, and an
 * exception may be pending beside it: py_plan_fail joins the two. */
Plan *py_plan_new(State *state, PyObject *stages, int depth, const PlanTools *tools,
                  Err *err);
/* After py_plan_new failed: move the pending exception, if any, into *err. The old text
 * of *err and `setting` ("with exposure=0.5", or "") become lines below its traceback.
 */
bool py_plan_fail(const char *setting, Err *err);

#endif
