/* settings — a script's parameters as -p sets them.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SETTINGS_H
#define LUTIST_PIPE_SETTINGS_H

#include "pipe/param.h"

/* The defaults of `set` with "NAME=VALUE" texts on top; new array, mem_free. `script`
 * is its name in messages. Fails: ERR_USAGE naming what is wrong, with a hint. */
ParamValue *settings_new(const ParamSet *set, const char *script,
                         const char *const *texts, int count, Err *err);

#endif
