/* script_stages — a script's stages at one setting, for the process that serves them.
 *
 * Curves have numbers, from 0 up, in the order of their first use.
 * Threads: the script thread only.
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_PYTHON_SCRIPT_STAGES_H
#define LUTIST_PYTHON_SCRIPT_STAGES_H

#include "pipe/param.h"
#include "pipe/plan/plan_summary.h"

struct Script;

typedef struct ScriptStages ScriptStages;

/* Call the pipeline of a script in this process. Fails: as script_plan, but without the
 * script's name and the setting in err->text. */
ScriptStages *script_stages_new(struct Script *script, const ParamValue *values,
                                Err *err);
void script_stages_free(ScriptStages *stages); /* NULL is fine */

/* Borrowed. */
const Stage *script_stages_list(const ScriptStages *stages, int *count);
int script_stages_curves(const ScriptStages *stages);
const Curve *script_stages_curve(const ScriptStages *stages, int number);
CurveCalls script_stages_calls(const ScriptStages *stages, int number);

/* Curve.eval and Curve.agrees of a curve. Fails: ERR_SCRIPT with the traceback. */
bool script_stages_eval(ScriptStages *stages, int number, const double *x, double *y,
                        size_t n, Err *err);
bool script_stages_agrees(ScriptStages *stages, int number, const double *x,
                          const double *y, size_t n);

#endif
