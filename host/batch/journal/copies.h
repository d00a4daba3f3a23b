/* copies — what a journal says of the files that were copied beside results.
 *
 * A copy is a line like a result's, whose look is COPIES_LOOK.
 * Threads: immutable after copies_sort.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_COPIES_H
#define LUTIST_BATCH_JOURNAL_COPIES_H

#include "batch/journal/journal_line.h"

#define COPIES_LOOK "copy"

typedef struct Copy {
    char *key; /* owned: its place, as the journal has it */
    JournalStamp read, written;
    int number; /* of the line */
} Copy;

/* Starts zeroed. */
typedef struct Copies {
    Copy *all; /* owned */
    int count;
} Copies;

void copies_add(Copies *copies, const JournalLine *line);
void copies_sort(Copies *copies);
/* Of the newest line of that key; NULL: there is none. */
const Copy *copies_find(const Copies *copies, const char *key);
void copies_clear(Copies *copies);

#endif
