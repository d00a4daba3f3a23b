/* resume — a batch that carries on where an earlier one has ended: what need not be
 * done again, what may be replaced, and the journal that the next run will read.
 *
 * A file is skipped where the journal has a line of it that fits: the same input, the
 * same look, and the output is there as it was written. An output is replaced only
 * where the journal knows it and it has not been changed since.
 * Threads: begin and end on the caller's; the others any, one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_RESUME_H
#define LUTIST_BATCH_JOURNAL_RESUME_H

#include "batch/batch_options.h"
#include "batch/file/claims.h"
#include "batch/hooks.h"
#include "batch/journal/copies.h"

typedef struct Resume Resume;

/* Of one file, for an outfile_guard_fn. */
typedef struct ResumeGuard {
    Resume *resume;
    int index;
} ResumeGuard;

typedef struct ResumeWish {
    const BatchOptions *options;
    BatchItem *items; /* borrowed; their states and reasons change */
    int count;
    Claims *claims;    /* borrowed */
    const char *look;  /* what the caller's looks and options have in common: a hash */
    const char *words; /* what is the look's own, as resume_choose takes it */
    bool late;         /* files have looks of their own: resume_choose tells them */
    bool sync;         /* a line is on the disk before its file gets its name */
    bool (*is_stopped)(void *context); /* asked between two files */
    void *context;
} ResumeWish;

/* Examine the files that are left: some become BATCH_SKIPPED, some BATCH_FAILED, and
 * some may replace their earlier output (BatchItem.replaces). In a dry run the journal
 * is only read. Fails: ERR_FILE, ERR_USAGE, ERR_CANCELLED. */
Resume *resume_begin(const ResumeWish *wish, Err *err);
/* With ResumeWish.late, before the file is begun: its look comes to `words` (NULL:
 * nothing) beside ResumeWish.look. As resume_begin does for all files, it may become
 * BATCH_SKIPPED or BATCH_FAILED, and may replace its output. */
void resume_choose(Resume *resume, int index, const char *words);

/* The input is about to be read: with BatchOptions.check_hash its bytes are. Fails:
 * ERR_FILE. */
bool resume_note_bytes(Resume *resume, int index, Err *err);
/* The input has been read; `found` is the file as it was opened, zeros if it was not.
 */
void resume_note_input(Resume *resume, int index, const struct stat *found);
/* Borrowed: the context of resume_guard_fn for one file. */
ResumeGuard *resume_guard(Resume *resume, int index);
/* claims_guard, and an earlier output must be what it was. */
bool resume_guard_fn(void *context, int folder, const char *name,
                     const struct stat *there, Err *err);
/* The output is complete: a line of it. Fails: ERR_FILE. */
bool resume_note_done(Resume *resume, int index, Outfile *out, Err *err);
/* The output gets its name now: its line must be on the disk. Fails: ERR_FILE. */
bool resume_wait(Resume *resume, int index, Err *err);
void resume_note_failed(Resume *resume, int index, const char *reason);

/* The files are done, before they are counted. In a part's journal: files that were
 * done by a run that did not come to its end, as one that was killed, become this
 * one's: BATCH_DONE. */
void resume_conclude(Resume *resume);

/* Borrowed: the copies beside results; they are remembered in the same journal. */
const Copies *resume_copies(const Resume *resume);

void resume_end(Resume *resume); /* NULL is fine */

#endif
