/* recipe — the state of the window as a command line that does the same to files.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_RECIPE_H
#define LUTIST_VIEWER_RECIPE_H

#include "pipe/param.h"

/* New string (mem_free): "lutist batch IMAGE -o developed -s … -p name=value …", quoted
 * for a POSIX shell. `venv` may be NULL. */
char *recipe_text(const char *script, const char *venv, const char *image,
                  const ParamSet *set, const ParamValue *values);

#endif
