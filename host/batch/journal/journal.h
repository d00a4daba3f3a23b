/* journal — the file that a batch keeps beside its outputs: what it has written, and
 * from what.
 *
 * Lines are only ever added, each by one write, so a run that is killed leaves whole
 * lines, and at most one that is cut off. A run holds a lock on the file, which ends
 * with the process.
 * Threads: any, for journal_add and journal_wait; the others one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_JOURNAL_H
#define LUTIST_BATCH_JOURNAL_JOURNAL_H

#include <stdint.h>

#include "base/err.h"
#include "batch/journal/journal_line.h"

/* In the folder of the outputs. */
#define JOURNAL_NAME ".lutist-journal.jsonl"

/* The first line of each journal. */
#define JOURNAL_HEAD "{\"lutist\": \"journal\", \"format\": 1}\n"

typedef struct Journal Journal;

/* Called for each line, from the oldest to the newest. */
typedef void (*journal_line_fn)(void *context, const JournalLine *line);

/* Open or make the file at `path`, and lock it; where the file system has no locks a
 * line says so. Fails: ERR_FILE "PATH: reason": it is no journal, another run holds it,
 * or it cannot be opened. */
Journal *journal_open(const char *path, Err *err);
/* The same for reading alone: nothing is made or locked. *journal is NULL where there
 * is no such file yet. */
bool journal_open_to_read(Journal **journal, const char *path, Err *err);
/* A line that is none is passed over; how many is the result. -1: the file cannot be
 * read to its end. Fails: ERR_FILE, ERR_MEMORY. */
int journal_each(Journal *journal, journal_line_fn take, void *context, Err *err);
/* Add a line; *number becomes its number, unless NULL. Fails: ERR_FILE. */
bool journal_add(Journal *journal, const JournalLine *line, uint64_t *number, Err *err);
/* Wait until the lines up to `number` are on the disk: threads that wait at one time
 * share one wait. Fails: ERR_FILE. */
bool journal_wait(Journal *journal, uint64_t number, Err *err);
void journal_close(Journal *journal); /* NULL is fine */

#endif
