/* log — lines for the person at the terminal, on stderr.
 *
 * Every line is "lutist: …", with control characters escaped (text.h). Results never go
 * through here: they go to stdout.
 * Threads: any; one line is written with one call.
 * Python:  unaware; no lock of ours is held while writing.
 */
#ifndef LUTIST_BASE_LOG_H
#define LUTIST_BASE_LOG_H

#include "base/err.h"

typedef enum LogLevel { LOG_QUIET, LOG_ERROR, LOG_INFO, LOG_DEBUG } LogLevel;

/* The sink: called with a whole line, no newline, not escaped. NULL restores stderr. */
typedef void (*log_sink_fn)(LogLevel level, const char *line);

void log_set_level(LogLevel level);
void log_set_sink(log_sink_fn sink);
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A line that rewrites itself on a terminal: it stands until the next one, and is taken
 * away before any other line. NULL: take it away. */
void log_status(const char *line);

/* The end of something: a script's error as its traceback, any other as one line. */
void log_failure(const Err *err);

#endif
