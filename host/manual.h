/* manual — the man pages, lutist(1) and lutist-COMMAND(1), as roff.
 *
 * They say what help says, from help_text.h and option_table.h; launcher/make_manual.c
 * writes them while the program is built.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_MANUAL_H
#define LUTIST_MANUAL_H

#include <stdio.h>

#include "command.h"

/* COMMAND_NONE: lutist(1). */
void manual_print(FILE *out, Command command, const char *version);

#endif
