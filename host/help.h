/* help — the texts of `lutist --help` and `lutist COMMAND --help`.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_HELP_H
#define LUTIST_HELP_H

#include "cli.h"

/* COMMAND_NONE: the overview. */
const char *help_text(Command command);

#endif
