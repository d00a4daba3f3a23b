#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/text/printable.h"

enum { LINE = 1024, WHOLE = 3 * 4096 + LINE };

/* State of the whole process, like the CPU level and the counts of interrupt.h. */
static _Atomic(log_sink_fn) sink_now;
static atomic_int level_now = LOG_INFO;
/* Is a status line on the screen? Guarded by the lock of stderr. */
static bool status_stands;

static const char *clearance(void)
{
    const char *clear = status_stands ? "\r\033[K" : "";
    status_stands = false;
    return clear;
}

static void to_stderr(LogLevel level, const char *line)
{
    char shown[PRINTABLE_GROWTH * LINE];
    (void)level;
    printable_escape(shown, sizeof shown, line);
    flockfile(stderr);
    fprintf(stderr, "%slutist: %s\n", clearance(), shown);
    funlockfile(stderr);
}

void log_status(const char *line)
{
    flockfile(stderr);
    if (line || status_stands)
        fprintf(stderr, "\r\033[K%s", line ? line : "");
    status_stands = line;
    funlockfile(stderr);
}

static void emit(LogLevel level, const char *format, va_list args)
{
    if ((int)level > atomic_load(&level_now))
        return;
    char line[WHOLE];
    vsnprintf(line, sizeof line, format, args);
    printable_shorten(line, LINE);
    log_sink_fn sink = atomic_load(&sink_now);
    (sink ? sink : to_stderr)(level, line);
}

void log_set_level(LogLevel level)
{
    atomic_store(&level_now, level);
}

void log_set_sink(log_sink_fn sink)
{
    atomic_store(&sink_now, sink);
}

void log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(LOG_ERROR, format, args);
    va_end(args);
}

void log_info(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(LOG_INFO, format, args);
    va_end(args);
}

void log_debug(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(LOG_DEBUG, format, args);
    va_end(args);
}

static void print_trace(const char *trace)
{
    flockfile(stderr);
    fprintf(stderr, "%s%s\n", clearance(), trace);
    funlockfile(stderr);
}

void log_failure(const Err *err)
{
    if (err->trace[0])
        print_trace(err->trace);
    else
        log_error("%s", err->text);
}
