/* help — the output of `lutist --help` and `lutist COMMAND --help`.
 *
 * The list of options is printed from option_table.h.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_HELP_H
#define LUTIST_HELP_H

#include <stdio.h>

#include "command.h"

/* COMMAND_NONE: the overview. */
void help_print(FILE *out, Command command);

#endif
