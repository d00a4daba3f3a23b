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
    Claims *claims;   /* borrowed */
    const char *look; /* what the caller's look and options come to: a hash */
    bool late;        /* files have looks of their own: resume_choose tells them */
    bool sync;        /* a line is on the disk before its file gets its name */
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
/* New: the path of the journal. Fails: ERR_USAGE: the outputs have no common folder. */
char *resume_place(const BatchOptions *options, Err *err);

/* The input is about to be read. Fails: ERR_FILE. */
bool resume_note_input(Resume *resume, int index, Err *err);
/* Borrowed: the context of resume_guard_fn for one file. */
ResumeGuard *resume_guard(Resume *resume, int index);
/* claims_guard, and an earlier output must be what it was. */
bool resume_guard_fn(void *context, int folder, const char *name,
                     const struct stat *there, Err *err);
/* The output is complete, and gets its name now. Fails: ERR_FILE. */
bool resume_note_done(Resume *resume, int index, Outfile *out, Err *err);
void resume_note_failed(Resume *resume, int index, const char *reason);
void resume_end(Resume *resume); /* NULL is fine */

#endif
