/* command — the commands of `lutist`, and their names.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_COMMAND_H
#define LUTIST_COMMAND_H

typedef enum Command {
    COMMAND_NONE, /* `lutist --help`: no command was named */
    COMMAND_VIEW,
    COMMAND_BATCH,
    COMMAND_RUN,
    COMMAND_EXPORT,
    COMMAND_PYTHON,
    COMMAND_NEW,
    COMMAND_KEYS,
    COMMAND_BENCH,
    COMMAND_INFO,
    COMMAND_REPORT,
    COMMAND_DOCTOR,
    COMMANDS,         /* those that have a name */
    COMMAND_ISOLATE,  /* a host's child, which runs its script */
    COMMAND_COMPLETE, /* `lutist complete`, which the shells' completions call */
} Command;

/* "batch"; "" for COMMAND_NONE. */
const char *command_name(Command command);
/* COMMAND_NONE: there is no such command. */
Command command_find(const char *name);
/* The command whose name `word` almost is; COMMAND_NONE: none. */
Command command_like(const char *word);

#endif
