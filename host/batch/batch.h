/* batch — files in, files out.
 *
 * Each worker takes a file, decodes a strip of rows, maps it, encodes it, and goes on,
 * so memory does not grow with the image or with the number of files. A file that fails
 * is reported and the rest go on.
 * Threads: batch_run starts its own; hooks are called on the calling thread only.
 * Python:  unaware; batch_run waits, so call it with the GIL released.
 */
#ifndef LUTIST_BATCH_BATCH_H
#define LUTIST_BATCH_BATCH_H

#include <pthread.h>

#include "batch/batch_options.h"
#include "batch/hooks.h"

typedef struct BatchReport {
    BatchItem *items; /* in input order, owned; NULL: not known */
    int count, done, failed, left;
    struct Claims *claims; /* owned: the inputs as files; NULL: not known */
    char *stopped; /* owned: the shortage that ended the run early; NULL: none */
    double ms;
    pthread_mutex_t lock; /* guards `items` and `in_work` as pointers; zeros: free */
    pthread_mutex_t *in_work; /* while files are in work: guards the fields of the
                                 items; else NULL */
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
