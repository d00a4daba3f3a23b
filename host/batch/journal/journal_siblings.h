/* journal_siblings — the journals of runs that share a place.
 *
 * Beside the journal of all inputs, DIR/NAME.EXT, each part keeps one of its own,
 * DIR/NAME.LABEL.EXT (batch/part/part.h). A run writes to its own alone and reads them
 * all, so what was done in sixteen parts need not be done again in one, or in twenty.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_JOURNAL_SIBLINGS_H
#define LUTIST_BATCH_JOURNAL_JOURNAL_SIBLINGS_H

#include "batch/journal/journal.h"

/* Call `take` for the lines of all journals at `place`, DIR/NAME.EXT, but not of `own`,
 * the path of one of them. One that cannot be read is passed over. */
void journal_siblings_each(const char *place, const char *own, journal_line_fn take,
                           void *context);

#endif
