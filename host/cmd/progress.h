/* progress — what a batch says while it runs.
 *
 * stdout gets a line "INPUT -> OUTPUT" for each file written, when it is not a terminal
 * or when asked to be verbose. stderr gets errors, one line that rewrites itself with
 * count, rate and time to go when it is a terminal, and a summary. Quiet leaves the
 * errors.
 * Threads: one; the one that runs the batch.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_PROGRESS_H
#define LUTIST_CMD_PROGRESS_H

#include "batch/batch.h"

typedef struct Progress {
    bool quiet, results; /* print nothing but errors; print result lines */
    bool print0;         /* results are names as they are, each with a NUL behind it */
    bool bar;            /* stderr is a terminal that can rewrite a line */
    double start, last;  /* ms: the beginning; the last time the line was drawn */
    int finished, total;
    uint64_t pixels; /* of the files that are done */
} Progress;

/* `all`: print result lines wherever stdout goes (verbose, dry run); so does print0. */
void progress_start(Progress *progress, bool quiet, bool all, bool print0);
void progress_done(Progress *progress, const BatchItem *item, int finished, int total);
/* Called often: keeps the rewriting line alive. */
void progress_tick(Progress *progress);
/* Files that were left, and the summary. */
void progress_end(Progress *progress, const BatchReport *report, bool dry_run);

#endif
