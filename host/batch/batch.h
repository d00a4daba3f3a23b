/* batch — files in, files out.
 *
 * The room host/batch: a run (here), its threads (worker, caller) and their waits
 * (work_queue, budget, batch_lock), one file's way (develop_file, program_cache), the
 * inputs and outputs before it begins (listing). batch/file names, compares and commits
 * files, batch/part divides them among machines, batch/flow has the rows of one.
 *
 * Each worker takes a file, decodes a strip of rows, maps it, encodes it, and goes on,
 * so memory does not grow with the image or with the number of files. Where there are
 * more jobs than files, several threads share a file. If a file fails,
 * it is reported and the others go on.
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
    int count, done, skipped, failed, left;
    struct Claims *claims; /* owned: the inputs as files; NULL: not known */
    char *stopped;         /* owned: the error that ended the run early; NULL: none */
    double ms;
    pthread_mutex_t lock; /* guards `items` and `work` as pointers; zeros: free */
    struct Work *work;    /* while files are in work; NULL otherwise */
} BatchReport;

/* Examine the inputs and name their outputs, into *report, which is all zeros. Nothing
 * is written. Inputs named twice are reported in one line. Fails: ERR_USAGE, ERR_FILE
 * if the run cannot begin (no inputs, bad template, two inputs with one output),
 * ERR_CANCELLED; *report then holds what is known. Clear it either way. */
bool batch_list(const BatchOptions *options, BatchReport *report, Err *err);
/* Free the items of other parts, which batch_list has named with the rest; batch_run
 * does so first. */
void batch_keep_part(BatchReport *report);
/* Is a file at `path` neither an input nor an output of the batch, nor its journal?
 * Fails: ERR_USAGE. */
bool batch_spares(const BatchOptions *options, const BatchReport *report,
                  const char *path, Err *err);
/* Develop the files that batch_list has listed. Files that fail are in the report, and
 * the call returns true. False: the run cannot begin or go on (a plan fails): the
 * hook's error or ERR_FILE. */
bool batch_run(const BatchOptions *options, const BatchHooks *hooks,
               BatchReport *report, Err *err);
/* Copy what is known so far, on another thread than that of the batch_run which fills
 * `report`; no items: nothing is known. The items are a copy, their strings are
 * borrowed. For a process about to end: the copy is never cleared. */
void batch_report_peek(BatchReport *report, BatchReport *copy);
/* For a process about to end, on another thread: remove the temporary files of the
 * files in work. None gets its name afterwards. */
void batch_drop_temps(BatchReport *report);
/* For a process about to end, on another thread than that of the batch_run which fills
 * `report`, and which does not return from a hook: drop the files in work, wait for the
 * complete ones, call the hook `done` for those that it has not heard of, and remove
 * the temporary files of the others. It takes `ms` at most. */
void batch_abandon(BatchReport *report, int ms);
/* Set `done`, `skipped`, `failed` and `left` by the items. */
void batch_report_count(BatchReport *report);
void batch_report_clear(BatchReport *report);
/* "done", "failed", "left", "skipped". */
const char *batch_state_word(BatchState state);

#endif
