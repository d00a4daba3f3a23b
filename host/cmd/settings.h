/* settings — a script's parameters as -p sets them.
 *
 * Threads: the script thread.
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_CMD_SETTINGS_H
#define LUTIST_CMD_SETTINGS_H

#include "python/script.h"

/* The script's defaults with "NAME=VALUE" texts on top; new array, mem_free. Fails:
 * ERR_USAGE naming what is wrong, with a hint. */
ParamValue *settings_new(const Script *script, const char *const *texts, int count,
                         Err *err);

#endif
