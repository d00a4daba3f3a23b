/* progress — the output of a batch while it runs.
 *
 * stdout gets a line "INPUT -> OUTPUT" for each file written, unless it is a terminal;
 * with --verbose also then. stderr gets errors, a summary, and on a terminal one line
 * with count, rate and time to go, which rewrites itself. With --quiet only the errors
 * are left.
 * Threads: one; the one that runs the batch.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_PROGRESS_H
#define LUTIST_CMD_PROGRESS_H

#include "batch/batch.h"

typedef struct Progress {
    bool quiet, results; /* print nothing but errors; print result lines */
    bool print0;         /* each result line is two names, each with a NUL behind it */
    bool bar;            /* stderr is a terminal that can rewrite a line */
    double start, last;  /* ms: the beginning; the last time the line was drawn */
    int finished, total;
    int skipped;     /* of the finished */
    uint64_t pixels; /* of the files that are done */
} Progress;

/* `all`: print result lines wherever stdout goes (verbose, dry run); print0 does so
 * too. */
void progress_start(Progress *progress, bool quiet, bool all, bool print0);
void progress_done(Progress *progress, const BatchItem *item, int finished, int total);
/* Called often: redraws the rewriting line. */
void progress_tick(Progress *progress);
/* Files that were not done, and the summary. */
void progress_end(Progress *progress, const BatchReport *report, bool dry_run);

#endif
