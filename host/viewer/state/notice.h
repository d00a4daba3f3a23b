/* notice — a message over the picture that disappears by itself. What cannot be shown,
 * as in a file's name, is escaped (printable.h).
 *
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_NOTICE_H
#define LUTIST_VIEWER_STATE_NOTICE_H

#include <stdbool.h>

typedef struct Notice {
    char text[1024];
    double until_ms; /* 0: never set */
} Notice;

void notice_set(Notice *notice, const char *text, double now);
/* NULL: its time is over. */
const char *notice_text(const Notice *notice, double now);
/* It is not shown any longer, if it is this text. */
void notice_withdraw(Notice *notice, const char *text);

/* Was it set before `ms`? */
bool notice_is_older(const Notice *notice, double ms);

#endif
