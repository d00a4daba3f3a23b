/* help_text — what help, manual and completion say of a command around its options.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_HELP_TEXT_H
#define LUTIST_HELP_TEXT_H

#include "command.h"

typedef struct HelpText {
    const char *form;  /* "batch IMAGE... -o OUT" */
    const char *brief; /* its line in the overview */
    const char *head;  /* usage, an empty line, summary */
    const char *notes; /* after the options, or NULL */
    const char *examples;
} HelpText;

/* COMMAND_NONE: the overview's, which has a summary alone, as its head. */
const HelpText *help_text(Command command);

#endif
