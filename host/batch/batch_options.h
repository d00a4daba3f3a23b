/* batch_options — the options of a batch.
 *
 * Zeros are the defaults, except for the inputs and the output.
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
    bool lenient;          /* develop a damaged file as far as possible, with a note */
    uint64_t memory;  /* bytes for files in work; 0: half of the available memory */
    const char *sync; /* "file": a file is on the disk before it gets its name; "none":
                         the system decides; NULL: "file" */
    bool recursive;   /* read the folders in folders */
    bool overwrite;   /* replace existing files */
    bool fail_fast;   /* start no new file after one has failed */
    bool dry_run;     /* name the outputs, write nothing */
    Cancel *cancel;   /* borrowed: ends batch_list; NULL: none */
} BatchOptions;

#endif
