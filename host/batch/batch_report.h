/* batch_report — how each file of a batch has ended, and the run as a whole.
 *
 * batch_list fills it, batch_run brings it up to date.
 * Threads: the caller's of both; batch_report_peek any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_BATCH_REPORT_H
#define LUTIST_BATCH_BATCH_REPORT_H

#include <pthread.h>

#include "batch/hooks.h"

typedef struct BatchReport {
    BatchItem *items; /* in input order, owned; NULL: not known */
    int count, done, skipped, failed, left;
    struct Claims *claims; /* owned: the inputs as files; NULL: not known */
    char *stopped;         /* owned: the error that ended the run early; NULL: none */
    double ms;
    pthread_mutex_t lock; /* guards `items` and `work` as pointers; zeros: free */
    struct Work *work;    /* while files are in work; NULL otherwise */
} BatchReport;

/* Free the items of other parts, which batch_list has named with the rest; batch_run
 * does so first. */
void batch_report_keep_part(BatchReport *report);
/* Copy what is known so far, on another thread than that of the batch_run which fills
 * `report`; no items: nothing is known. The items are a copy, their strings are
 * borrowed. For a process about to end: the copy is never cleared. */
void batch_report_peek(BatchReport *report, BatchReport *copy);
/* Set `done`, `skipped`, `failed` and `left` by the items. */
void batch_report_count(BatchReport *report);
void batch_report_clear(BatchReport *report);
/* "done", "failed", "left", "skipped". */
const char *batch_report_word(BatchState state);

#endif
