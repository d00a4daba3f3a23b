/* param_tip — the note of a parameter: its full label, help, range, default and keys.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_TIPS_PARAM_TIP_H
#define LUTIST_VIEWER_TIPS_PARAM_TIP_H

#include "pipe/param.h"
#include "viewer/tips/tip_text.h"

TipText param_tip(const Param *param, const Bindings *bindings);

#endif
