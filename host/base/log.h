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

/* Send the lines to a function: whole, without newline, not escaped. NULL: to stderr.
 */
typedef void (*log_sink_fn)(LogLevel level, const char *line);

/* Takes the place of stderr for tracebacks, and for lines where there is no sink. `put`
 * gets whole lines with their newlines, escaped but for tracebacks, from any thread. */
typedef struct LogOutput {
    void (*put)(void *context, const char *text);
    void *context;
} LogOutput;

void log_set_level(LogLevel level);
void log_set_sink(log_sink_fn sink);
/* Borrowed until it is set anew; NULL: stderr. */
void log_set_output(const LogOutput *output);
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Show a status line on a terminal. The next one replaces it, and any other line
 * removes it. NULL: remove it. */
void log_status(const char *line);

/* A script's traceback, as Python has it. */
void log_trace(const char *trace);

/* Report the error that ends the work: a script's as its traceback, any other as one
 * line. */
void log_failure(const Err *err);

#endif
