/* param_tip — the note of a parameter: its full label, help, range, default, the
 * present word or path, and the keys.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_TIPS_PARAM_TIP_H
#define LUTIST_VIEWER_TIPS_PARAM_TIP_H

#include "pipe/param.h"
#include "viewer/tips/tip_text.h"

/* Borrows `value`, which is one of the parameter's. */
TipText param_tip(const Param *param, ParamValue value, const Bindings *bindings);

#endif
