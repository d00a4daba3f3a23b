/* batch — files in, files out.
 *
 * The room host/batch: a run (here) and what has come of it (batch_report), its threads
 * (worker, caller) and their waits (work_queue, budget, batch_lock), one file's way
 * (develop_file), the inputs and outputs before it begins (listing). batch/file names,
 * compares and commits files, batch/look has their looks and programs, batch/journal
 * remembers what is done, batch/part divides them among machines, batch/flow has the
 * rows of one, batch/along what is copied beside it.
 *
 * Each worker takes a file, decodes a strip of rows, maps it, encodes it, and goes on,
 * so memory does not grow with the image or with the number of files. Where there are
 * more jobs than files, several threads share a file. If a file fails, it is reported
 * and the others go on.
 * Threads: batch_run starts its own; hooks are called on the calling thread only.
 * Python:  unaware; batch_run waits, so call it with the GIL released.
 */
#ifndef LUTIST_BATCH_BATCH_H
#define LUTIST_BATCH_BATCH_H

#include "batch/batch_options.h"
#include "batch/batch_report.h"

/* Examine the inputs and name their outputs, into *report, which is all zeros. Nothing
 * is written. Inputs named twice are reported in one line. Fails: ERR_USAGE, ERR_FILE
 * if the run cannot begin (no inputs, bad template, two inputs with one output),
 * ERR_CANCELLED; *report then holds what is known. Clear it either way. */
bool batch_list(const BatchOptions *options, BatchReport *report, Err *err);
/* Is a file at `path` neither an input nor an output of the batch, nor its journal?
 * Fails: ERR_USAGE. */
bool batch_spares(const BatchOptions *options, const BatchReport *report,
                  const char *path, Err *err);
/* Develop the files that batch_list has listed. Files that fail are in the report, and
 * the call returns true. False: the run cannot begin or go on (a plan fails): the
 * hook's error or ERR_FILE. */
bool batch_run(const BatchOptions *options, const BatchHooks *hooks,
               BatchReport *report, Err *err);
/* For a process about to end, on another thread: remove the temporary files of the
 * files in work. None gets its name afterwards. */
void batch_drop_temps(BatchReport *report);
/* For a process about to end, on another thread than that of the batch_run which fills
 * `report`, and which does not return from a hook: drop the files in work, wait for the
 * complete ones, call the hook `done` for those that it has not heard of, and remove
 * the temporary files of the others. It takes `ms` at most. */
void batch_abandon(BatchReport *report, int ms);

#endif
