/* batch — files in, files out.
 *
 * Each job takes a file, decodes a strip of rows, maps it, encodes it, and goes on, so
 * memory does not grow with the image or with the number of files. A file that fails is
 * reported and the rest go on.
 * Threads: batch_run starts its own; hooks are called on the calling thread only.
 * Python:  unaware; batch_run waits, so call it with the GIL released.
 */
#ifndef LUTIST_BATCH_BATCH_H
#define LUTIST_BATCH_BATCH_H

#include <pthread.h>
#include <stdint.h>

#include "pipe/program/compile.h"

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

typedef enum BatchState { BATCH_DONE, BATCH_FAILED, BATCH_LEFT } BatchState;

typedef struct BatchItem {
    const char *input;
    const char *output;
    const char *reason; /* "" unless failed: one line that names the file */
    const char *note;   /* one line on an oddity of the input; "": none */
    bool damaged;       /* the note names a loss */
    BatchState state;   /* BATCH_LEFT: not begun or dropped, the run was stopped */
    double ms;          /* wall time on its worker */
    uint64_t pixels;
    uint64_t memory; /* bytes it was estimated to take; 0: never looked at */
} BatchItem;

/* Rows on their way from a file to a file, for BatchHooks.map: as run_rows has them. */
typedef struct BatchStrip {
    Program *program;
    ImageInfo in;
    const uint8_t *src;
    size_t src_stride;
    uint8_t *dst;
    size_t dst_stride;
    int rows;
} BatchStrip;

typedef struct BatchHooks {
    /* The look at this depth, a new reference; asked once a depth. */
    Plan *(*plan)(void *context, int depth, Err *err);
    /* Map a strip on the calling thread. NULL: the workers map their own. */
    bool (*map)(void *context, const BatchStrip *strip, Err *err);
    /* After each file that was done or failed. `finished` of `total` are through: one
     * more each time. May be NULL. */
    void (*done)(void *context, const BatchItem *item, int finished, int total);
    /* 0: go on; 1: finish the running files; 2: drop them. May be NULL; asked often. */
    int (*stop)(void *context);
    void *context;
} BatchHooks;

typedef struct BatchReport {
    BatchItem *items; /* in input order, owned; NULL: not known */
    int count, done, failed, left;
    struct Claims *claims; /* owned: the inputs as files; NULL: not known */
    char *stopped; /* owned: the shortage that ended the run early; NULL: none */
    double ms;
    pthread_mutex_t lock; /* guards that there are items, and the next; zeros: free */
    pthread_mutex_t *in_work; /* while files are in work: guards the items' states, and
                                 what is said with them; else NULL */
} BatchReport;

/* Look at the inputs and name their outputs, into *report, which is all zeros: nothing
 * is done yet, and nothing is written. Inputs that were named twice are said in one
 * line. Fails: ERR_USAGE, ERR_FILE where nothing can be begun (no inputs, bad template,
 * two inputs with one output), ERR_CANCELLED; *report is filled as far as it went.
 * Clear it either way. */
bool batch_list(const BatchOptions *options, BatchReport *report, Err *err);
/* Is a file beside the batch, at `path`, neither an input nor an output? Fails:
 * ERR_USAGE. */
bool batch_spares(const BatchOptions *options, const BatchReport *report,
                  const char *path, Err *err);
/* Do what batch_list has listed. Files that fail are in the report, and the call
 * returns true. False: the run could not be started or not go on (a plan that fails):
 * the hook's error or ERR_FILE. */
bool batch_run(const BatchOptions *options, const BatchHooks *hooks,
               BatchReport *report, Err *err);
/* As far as it is known by now, from another thread than that of the batch_run which
 * fills `report`; no items: none are known. They are a copy of their own, their strings
 * are borrowed. For a process about to end: the copy is never cleared. */
void batch_report_peek(BatchReport *report, BatchReport *copy);
void batch_report_clear(BatchReport *report);

#endif
