/* notice — a line for the status bar that goes away by itself.
 *
 * Threads: a value; the UI thread's. Times are thread_clock_ms.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_NOTICE_H
#define LUTIST_VIEWER_STATE_NOTICE_H

typedef struct Notice {
    char text[1024];
    double until_ms; /* 0: there was none yet */
} Notice;

void notice_set(Notice *notice, const char *text, double now);
/* NULL: there is none any more. */
const char *notice_text(const Notice *notice, double now);

#endif
