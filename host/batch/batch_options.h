/* batch_options — the options of a batch.
 *
 * Zeros are the defaults, except for the inputs and the output.
 * Threads: immutable while the batch runs.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_BATCH_OPTIONS_H
#define LUTIST_BATCH_BATCH_OPTIONS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/thread/cancel.h"
#include "batch/file/name_filter.h"
#include "batch/part/part.h"
#include "image/file_options.h"
#include "pipe/scale/fit_size.h"

typedef struct BatchOptions {
    const char *const *inputs; /* files and folders */
    int n_inputs;
    NameFilter filter;        /* of the inputs and of what is in folders */
    Part part;                /* of the inputs; zeros: all of them. Outputs are named,
                                 and compared, as if all were done */
    const char *retry_failed; /* a report or a journal: do only what failed; NULL: all.
                                 Without inputs these are what failed */
    const char *output; /* a folder, or a template with {stem} {ext} {dir} {index} */
    const char *const *outputs; /* of each input, which is a file; NULL: by `output` */
    const char *format; /* "jpeg", "png", …; NULL: the input's, or by the template */
    int quality;        /* as in SaveOptions */
    PackOptions pack;
    bool lossless;                     /* as in SaveOptions */
    bool raw_half;                     /* as in ReadOptions */
    const struct ColorTarget *convert; /* borrowed; NULL: profiles are kept */
    FitSize resize;                    /* after the look; zeros: the size stays */
    bool resize_linear;                /* in linear light */
    Strip strip;                       /* what an output is written without */
    int jobs;                          /* files at a time; 0: one a processor */
    uint64_t max_pixels;               /* 0: the default limit */
    uint64_t max_metadata;             /* bytes a file; 0: the default limit */
    bool lenient;     /* develop a damaged file as far as possible, with a note */
    uint64_t memory;  /* bytes for files in work; 0: half of the available memory */
    const char *sync; /* "file": a file is on the disk before it gets its name; "none":
                         the system decides; NULL: "file" */
    const char *sidecars; /* "xmp": those of an input are copied beside its output;
                             NULL: none are */
    bool keep_times;      /* an output has its input's time */
    bool recursive;       /* read the folders in folders */
    bool overwrite;       /* replace existing files */
    bool resume;     /* skip what an earlier run with `resume` has done, and do again
                        what has changed since */
    bool check_hash; /* resume: compare the inputs' bytes, not their times and places */
    const char *journal; /* resume: the file; NULL: JOURNAL_NAME beside the outputs. A
                            part has its own beside it (part_path) */
    const char *journal_label; /* resume: the same for a run that reads no journal but
                                  its own; NULL: by `part` */
    bool skip_existing;        /* skip a file whose output exists */
    bool newer;       /* the same, unless the input is newer: then replace the output */
    bool fail_fast;   /* start no new file after one has failed */
    bool dry_run;     /* name the outputs, write nothing */
    Cancel *cancel;   /* borrowed: ends batch_list; NULL: none */
    atomic_int *rows; /* borrowed: counts the rows that were developed, for progress;
                         NULL: nobody asks */
} BatchOptions;

#endif
