/* bell — one thread sleeps until another has something for it.
 *
 * For a thread that looks in several places: whoever leaves something there rings, and
 * rings that come before the thread looks again are one.
 * Threads: one waits, any may ring and close.
 * Python:  unaware; bell_wait blocks, so call it with the GIL released.
 */
#ifndef LUTIST_BASE_THREAD_BELL_H
#define LUTIST_BASE_THREAD_BELL_H

#include <stdbool.h>

typedef struct Bell Bell;

Bell *bell_new(void);
void bell_free(Bell *bell); /* nobody may be waiting; NULL is fine */
void bell_ring(Bell *bell);
/* Until it has rung since the last wait. False: it was closed. */
bool bell_wait(Bell *bell);
void bell_close(Bell *bell);

#endif
