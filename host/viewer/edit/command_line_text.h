/* command_line_text — the window's state as a command line that processes files alike.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_EDIT_COMMAND_LINE_TEXT_H
#define LUTIST_VIEWER_EDIT_COMMAND_LINE_TEXT_H

#include "pipe/param.h"

/* As the viewer's own command line has them; borrowed. */
typedef struct CommandLine {
    const char *script, *image;
    const char *venv; /* NULL: none was named */
    bool isolate;
} CommandLine;

/* New string (mem_free): "lutist batch IMAGE -o developed -s … -p name=value …", quoted
 * for a POSIX shell. */
char *command_line_text(const CommandLine *state, const ParamSet *set,
                        const ParamValue *values);

#endif
