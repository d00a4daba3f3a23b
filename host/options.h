/* options — what the command line asks for, and the table of what it may ask for.
 *
 * Strings in Options point into argv. One row of the table is one option: its names,
 * the commands that have it, the field it fills.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_OPTIONS_H
#define LUTIST_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "pipe/mode.h"

typedef enum Command {
    COMMAND_NONE, /* `lutist --help`: no command was named */
    COMMAND_VIEW,
    COMMAND_BATCH,
    COMMAND_RUN,
    COMMAND_PYTHON,
    COMMAND_BENCH,
    COMMAND_INFO,
    COMMAND_DOCTOR,
    COMMANDS
} Command;

typedef struct Options {
    Command command;
    bool help, version; /* asked for: nothing after them was looked at */
    bool quiet, verbose;
    char *const *argv; /* the whole command line */
    const char **args; /* owned: images, scripts, JOB.py or Python with arguments */
    int n_args;

    const char *script;  /* NAME or PATH[:FUNCTION] */
    const char **params; /* owned: "NAME=VALUE" */
    int n_params;
    Mode mode;
    const char *venv; /* NULL: VIRTUAL_ENV, else none */
    int threads;      /* 0: one a processor */

    /* batch */
    const char *output;    /* a folder or a template */
    const char *format;    /* NULL: the input's */
    const char *report;    /* a file to write, or NULL */
    int quality;           /* 0: the default */
    int jobs;              /* 0: as many as threads */
    uint64_t memory;       /* bytes; 0: the default */
    const char *sync;      /* NULL: the default */
    uint64_t max_pixels;   /* 0: the default; also for view and info */
    uint64_t max_metadata; /* bytes; 0: the default; also for view and info */
    bool recursive, overwrite, fail_fast, dry_run, print0, lenient;

    /* python */
    const char *program; /* how it was called as lutist-python; NULL: it was not */

    /* bench, info */
    const char *json_file; /* bench: a file to write, or NULL */
    int megapixels;        /* bench: 0 is the default */
    const char *plot;      /* bench: a file for a chart, or NULL */
    bool verify;           /* bench: check results before timing them */
    bool json;             /* info: JSON instead of lines */
} Options;

typedef struct OptionRow OptionRow;

/* "batch"; "" for COMMAND_NONE. */
const char *option_command_name(Command command);
/* COMMAND_NONE: there is no such command. */
Command option_command(const char *name);
/* The command that `word` is a slip of; COMMAND_NONE: it does not look like one. */
Command option_command_like(const char *word);

/* The option --NAME of `command`, where the first `length` bytes of `name` count; NULL:
 * it has none such. */
const OptionRow *option_long(Command command, const char *name, size_t length);
const OptionRow *option_short(Command command, char letter);
/* Rows one by one, NULL after the last: for comparing them with the help texts. */
const OptionRow *option_row(Command command, int index);
const char *option_name(const OptionRow *row); /* without dashes */
bool option_takes_value(const OptionRow *row);
/* Put `value` (ignored by an option that takes none) where it belongs. Fails:
 * ERR_USAGE. */
bool option_apply(const OptionRow *row, Options *options, const char *value, Err *err);

#endif
