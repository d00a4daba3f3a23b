/* options — the values of a command line's options and arguments.
 *
 * Strings point into argv.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_OPTIONS_H
#define LUTIST_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "command.h"
#include "pipe/mode.h"

typedef struct Options {
    Command command;
    bool help, version; /* asked for: the arguments after them were not read */
    bool quiet, verbose;
    char *const *argv; /* the whole command line */
    const char **args; /* owned: images, scripts, a name, JOB.py or Python's */
    int n_args;

    const char *script;  /* NAME or PATH[:FUNCTION] */
    const char *preset;  /* a name, or NULL */
    const char **params; /* owned: "NAME=VALUE" */
    int n_params;
    bool isolate, no_isolate; /* run the script in a process of its own, or never */
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
    int script_timeout;    /* seconds; 0: none */
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

#endif
