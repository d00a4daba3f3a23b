/* wire_params — a script's parameters, and values for them, as bytes.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_ISOLATE_WIRE_WIRE_PARAMS_H
#define LUTIST_PYTHON_ISOLATE_WIRE_WIRE_PARAMS_H

#include "pipe/param.h"
#include "python/isolate/wire/wire.h"

void pack_params(Pack *pack, const ParamSet *set);
/* Only what Python's controls can make: ranges that are not empty, a default within
 * them. NULL: bad. */
ParamSet *unpack_params(Unpack *unpack);

void pack_values(Pack *pack, const ParamSet *set, const ParamValue *values);
/* New array, one for each parameter, param_values_free. NULL: bad. */
ParamValue *unpack_values(Unpack *unpack, const ParamSet *set);

#endif
