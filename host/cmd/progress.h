/* progress — the output of a batch while it runs.
 *
 * stdout gets a line "INPUT -> OUTPUT" for each file written, unless it is a terminal;
 * with --verbose also then. stderr gets errors, a summary, and how far the run is: on a
 * terminal a line that rewrites itself, elsewhere a new one every ten seconds. With
 * --quiet only the errors are left. With `--progress json` stdout gets a JSON object a
 * line instead, for each file and every second.
 * Threads: one; the one that runs the batch.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_PROGRESS_H
#define LUTIST_CMD_PROGRESS_H

#include "batch/batch.h"
#include "cmd/tally.h"

typedef enum ProgressForm {
    PROGRESS_AUTO, /* PROGRESS_BAR on a terminal that can rewrite a line, else lines */
    PROGRESS_BAR,
    PROGRESS_LINES,
    PROGRESS_JSON,
    PROGRESS_NONE,
} ProgressForm;

typedef struct Progress {
    bool quiet, results; /* print nothing but errors; print result lines */
    bool print0;         /* each result line is two names, each with a NUL behind it */
    bool unwritten;      /* lines for stdout are lost, and not for want of a reader */
    ProgressForm form;   /* but PROGRESS_AUTO */
    Tally tally;
} Progress;

/* "auto", "json" or "none"; NULL is "auto". Fails: ERR_USAGE. */
bool progress_form(const char *word, ProgressForm *form, Err *err);
/* `all`: print result lines wherever stdout goes (verbose, dry run); print0 does so
 * too. */
void progress_start(Progress *progress, ProgressForm form, bool quiet, bool all,
                    bool print0);
/* As BatchHooks.begin. */
void progress_begin(Progress *progress, int total, uint64_t bytes);
void progress_done(Progress *progress, const BatchItem *item, int finished, int total);
/* Called often: tells how far the run is, when it is time. */
void progress_tick(Progress *progress);
/* Files that were not done, and the summary. */
void progress_end(Progress *progress, const BatchReport *report, bool dry_run);
/* The last JSON object, however a run ended that has begun. */
void progress_close(Progress *progress);

#endif
