/* line — a command line that is being typed: what its last word stands for.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_COMPLETE_LINE_H
#define LUTIST_CMD_COMPLETE_LINE_H

#include "option_table.h"

typedef struct Line {
    Command command;           /* COMMAND_VIEW where none is named */
    bool named;                /* it is, or a first argument stands in its place */
    bool help;                 /* behind `lutist help` */
    bool free;                 /* options have ended */
    int n_args;                /* arguments before the last word */
    const char *first;         /* of them, or NULL */
    const char *script, *venv; /* the values of these options so far, or NULL */
    const char *word;          /* the last word */
    const OptionRow *row;      /* the option whose value it holds, or NULL */
    const char *value;         /* that value's start in the word */
} Line;

/* `words` are those behind the program's name; the last may be empty, or half typed. */
Line line_read(const char *const *words, int count);

#endif
