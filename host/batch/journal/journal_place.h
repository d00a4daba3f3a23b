/* journal_place — where the journal of a run lies, and the names that it gives files.
 *
 * Without BatchOptions.journal it is JOURNAL_NAME in the folder of the outputs, and a
 * part has one of its own beside it (journal_siblings.h). A file's key is its output's
 * path below that folder, so that folder and journal can be moved together; elsewhere
 * the key is the absolute path.
 * Threads: immutable after journal_place_init.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_JOURNAL_PLACE_H
#define LUTIST_BATCH_JOURNAL_JOURNAL_PLACE_H

#include "base/err.h"
#include "batch/batch_options.h"

typedef struct JournalPlace {
    char *all;    /* owned: the path of the journal of all parts */
    char *own;    /* owned: that of this run */
    char *start;  /* owned: the folder that relative paths start from */
    char *folder; /* owned: of the outputs, with a slash; "": keys are absolute */
} JournalPlace;   /* zeroed memory is an empty one */

/* New: the path of the journal of all parts. Fails: ERR_USAGE: the outputs have no
 * common folder. */
char *journal_place_all(const BatchOptions *options, Err *err);
/* New: the path of the journal of this run. Fails likewise. */
char *journal_place_own(const BatchOptions *options, Err *err);

/* Relative paths start from the working folder of this moment. Fails likewise. */
bool journal_place_init(JournalPlace *place, const BatchOptions *options, Err *err);
void journal_place_term(JournalPlace *place); /* after a failure too */
/* New: the key of `output`. */
char *journal_place_key(const JournalPlace *place, const char *output);

#endif
