/* batch_options — what a batch is asked to do.
 *
 * Zeros are the defaults, but for the inputs and the output.
 * Threads: immutable while the batch runs.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_BATCH_OPTIONS_H
#define LUTIST_BATCH_BATCH_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/thread/cancel.h"

typedef struct BatchOptions {
    const char *const *inputs; /* files and folders */
    int n_inputs;
    const char *output; /* a folder, or a template with {stem} {ext} {dir} {index} */
    const char
        *format; /* "jpeg", "png", "tiff"; NULL: the input's, or by the template */
    int quality; /* 1 to 100; 0: the default */
    int jobs;    /* files at a time; 0: one a processor */
    uint64_t max_pixels;   /* 0: the default limit */
    uint64_t max_metadata; /* bytes a file; 0: the default limit */
    bool lenient;          /* a damaged file is done as far as it can be, and noted */
    uint64_t memory;       /* bytes for files in work; 0: half of what can be had */
    const char *sync;      /* "file": no name before its bytes are on the disk; "none":
                              when the system likes; NULL: "file" */
    bool recursive;        /* go into folders' folders */
    bool overwrite;        /* replace files that stand at the output's name */
    bool fail_fast;        /* start no new file after one has failed */
    bool dry_run;          /* name the outputs, write nothing */
    Cancel *cancel;        /* borrowed: ends batch_list; NULL: none */
} BatchOptions;

#endif
