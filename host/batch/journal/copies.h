/* copies — the files that are copied beside results: what a journal says of them, and
 * what of them may be replaced.
 *
 * A copy is a line like a result's, whose look is COPIES_LOOK. A copy is replaced only
 * where the journal knows it and it has not been changed since.
 * Threads: immutable after copies_sort; a KnownCopy is its owner's.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_COPIES_H
#define LUTIST_BATCH_JOURNAL_COPIES_H

#include "batch/file/claims.h"
#include "batch/journal/journal.h"
#include "batch/journal/journal_place.h"

#define COPIES_LOOK "copy"

typedef struct Copy {
    char *key; /* owned: its place, as the journal has it */
    JournalStamp read, written;
    int number; /* of the line */
} Copy;

typedef struct Copies {
    /* all borrowed: set them first */
    const JournalPlace *place;
    Journal *journal; /* that copies_note writes to */
    Claims *claims;
    bool overwrite; /* replace other files too */
    /* start zeroed */
    Copy *all; /* owned */
    int count;
} Copies;

/* One copy that is to be made. */
typedef struct KnownCopy {
    const Copies *copies; /* borrowed; NULL: nothing is remembered */
    char *key;            /* owned: its place, as the journal has it */
    JournalStamp read; /* of the source of the journal's copy; zeros: it knows none */
    JournalStamp written; /* of that copy */
} KnownCopy;

void copies_add(Copies *copies, const JournalLine *line);
void copies_sort(Copies *copies);
void copies_term(Copies *copies);

/* A copy is to be made at `to`; `copies` may be NULL. The newest line of it counts. */
KnownCopy copies_begin(const Copies *copies, const char *to);
/* Is what is at `to` the journal's copy? */
bool copies_is_own(const KnownCopy *copy, const char *to);
/* Is the journal's copy one of `from` as it is now? */
bool copies_fits(const KnownCopy *copy, const struct stat *from);
/* An outfile_guard_fn: claims_guard, and the copy must be what it was. `context` is the
 * KnownCopy. */
bool copies_guard(void *context, int folder, const char *name, const struct stat *there,
                  Err *err);
/* The copy of `source` is complete, and gets its name now. Fails: ERR_FILE. */
bool copies_note(const KnownCopy *copy, const char *source, const struct stat *from,
                 Outfile *out, Err *err);
void copies_end(KnownCopy *copy);

#endif
