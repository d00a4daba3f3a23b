/* log_writer — writes the log's lines on a thread of its own.
 *
 * Who reads stderr may be slow, or stopped: then no thread that says something waits,
 * not even for a lock of stdio. LOG_WRITER_MOST lines wait at most; those beyond are
 * lost, and their number is written in their place.
 * Threads: one starts and ends it; no other may log while stop runs.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_LOG_WRITER_H
#define LUTIST_BASE_LOG_WRITER_H

#include "base/err.h"

enum { LOG_WRITER_MOST = 1000 };

typedef struct LogWriter LogWriter;

/* One at a time. NULL: no thread can be started; lines are written at once, as ever. */
LogWriter *log_writer_start(void);
/* Instead of log_writer_stop, where the process ends at once while others may log.
 * Waits until all is written, a second at most: a reader that has stopped never reads.
 * From then on lines are written at once. NULL is fine. False: something was not
 * written. */
bool log_writer_drain(LogWriter *writer);
/* The same, and the end of the thread if all was written. */
void log_writer_stop(LogWriter *writer);

#endif
