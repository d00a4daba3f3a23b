/* command_line_text — the window's state as a command line that processes files alike.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_COMMAND_LINE_TEXT_H
#define LUTIST_VIEWER_APP_COMMAND_LINE_TEXT_H

#include "pipe/param.h"

/* New string (mem_free): "lutist batch IMAGE -o developed -s … -p name=value …", quoted
 * for a POSIX shell. `venv` may be NULL. */
char *command_line_text(const char *script, const char *venv, const char *image,
                        const ParamSet *set, const ParamValue *values);

#endif
