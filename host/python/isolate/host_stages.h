/* host_stages — a script's stages as its host has them: their functions live in the
 * child.
 *
 * Threads: as host_end.h.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_ISOLATE_HOST_STAGES_H
#define LUTIST_PYTHON_ISOLATE_HOST_STAGES_H

#include "pipe/param.h"
#include "python/isolate/host_end.h"
#include "python/isolate/wire/wire_stages.h"

/* Ask the child, which is there, for the stages at `values`. Their curves ask it, too;
 * once it is gone they fail. wire_stages_clear frees what was read, also after a
 * failure. Fails: as host_end_ask; ERR_MEMORY. */
bool host_stages_ask(HostEnd *end, const ParamSet *set, const ParamValue *values,
                     WireStages *stages, Err *err);
/* How one of their curves has been called. */
CurveCalls host_stages_calls(const Curve *curve);

#endif
