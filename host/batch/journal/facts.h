/* facts — what a report says of a file that is done, as a part's journal keeps it: a
 * part that is run again after it was killed reports what its killed run has done.
 *
 * Threads: a value.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_FACTS_H
#define LUTIST_BATCH_JOURNAL_FACTS_H

#include "batch/hooks.h"
#include "batch/journal/journal_line.h"

typedef struct Facts {
    bool known, damaged;
    char *note; /* owned; NULL: none */
    uint64_t pixels;
    double ms;
} Facts; /* zeroed memory is an empty one */

void facts_read(Facts *facts, const JournalLine *line);
/* Into *line; the note is borrowed. */
void facts_write(JournalLine *line, const BatchItem *item);
/* The item becomes BATCH_DONE. */
void facts_give(const Facts *facts, BatchItem *item);
void facts_clear(Facts *facts);

#endif
