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

typedef struct OptionList {
    const char **texts; /* owned; room for one an argument */
    int count;
} OptionList;

/* The value of a number's option that is the word "keep". */
enum { OPTION_KEEP = -1 };

typedef struct Options {
    Command command;
    bool help, version; /* asked for: the arguments after them were not read */
    bool quiet, verbose;
    char *const *argv; /* the whole command line */
    const char **args; /* owned: images, scripts, a name, JOB.py or Python's */
    int n_args;

    const char *script;  /* NAME or PATH[:FUNCTION] */
    bool script_given;   /* it is not the default */
    const char *preset;  /* a name, or NULL */
    const char **params; /* owned: "NAME=VALUE" */
    int n_params;
    bool isolate, no_isolate; /* run the script in a process of its own, or never */
    Mode mode;
    bool mode_given;    /* it is not the default */
    const char *device; /* of the mode opencl; NULL: the first GPU, else the first */
    const char *venv;   /* NULL: VIRTUAL_ENV, else none */
    int threads;        /* 0: one a processor */
    bool no_config;     /* view, keys: without the user's files of settings */
    bool sidecar;       /* view: values are kept beside the pictures */
    const char *display_profile; /* view: "srgb" or a file; NULL: the display's own */
    uint64_t cache;              /* view: bytes of memory; 0: the default */
    const char *follow;          /* view: a folder, in the place of images; NULL */
    bool dither;                 /* view: 16-bit pictures on the screen */
    const char *clip;            /* view: "LOW,HIGH"; NULL: the ends of the range */

    /* batch */
    const char *output; /* a folder or a template */
    const char *format; /* NULL: the input's */
    const char *report; /* a file to write, or NULL */
    int quality;        /* 0: the default; OPTION_KEEP: the input's */
    int depth;          /* 8 or 16; 0: the input's */
    int level;          /* 0: the default */
    int restart;        /* rows of blocks; 0: none */
    bool progressive, optimize;
    const char *compression, *predictor; /* NULL: the default */
    int jobs;                            /* 0: as many as threads */
    uint64_t memory;                     /* bytes; 0: the default */
    const char *sync;                    /* NULL: the default */
    const char *convert;   /* "srgb" or a profile's file; NULL: profiles are kept */
    const char *intent;    /* NULL: the default */
    int script_timeout;    /* seconds; 0: none */
    uint64_t max_pixels;   /* 0: the default; also for view and info */
    uint64_t max_metadata; /* bytes; 0: the default; also for view and info */
    bool recursive, overwrite, fail_fast, dry_run, print0, lenient;
    bool lossless;
    const char *raw; /* "full" or "half"; NULL: the default */
    bool resume, skip_existing, newer;
    const char *files_from;   /* a file with names, "-": standard input; NULL: none */
    bool nul;                 /* they end with a NUL */
    const char *retry_failed; /* a report or a journal; NULL: none */
    OptionList include, exclude; /* patterns */
    const char *part;            /* "K/N"; NULL: all inputs */
    const char *check;           /* "time" or "hash"; NULL: the default */
    const char *journal;         /* a file; NULL: the default */
    const char *progress;        /* "auto", "json", "none"; NULL: the default */
    const char *sidecars;        /* "xmp": copied along; NULL: not */
    const char *table;           /* of parameters, a row a file; NULL: none */
    const char *resize;          /* a size; NULL: it stays */
    bool resize_linear;          /* in linear light */
    const char *strip;           /* "" or "all"; NULL: nothing is left out */
    bool keep_times;             /* a result has its input's time */

    /* export, beside `output`, `format` and `overwrite` */
    int size; /* points a side, or as export_form.h says; 0: the default */

    /* python */
    const char *program; /* how it was called as lutist-python; NULL: it was not */

    /* bench, info */
    const char *json_file; /* bench: a file to write, or NULL */
    int megapixels;        /* bench: 0 is the default */
    const char *plot;      /* bench: a file for a chart, or NULL */
    bool verify;           /* bench: check results before timing them */
    bool json;             /* info, keys: JSON instead of lines */

    /* keys */
    bool markdown; /* the tables of docs/viewer.md */
    bool defaults; /* without keys.conf */
} Options;

#endif
