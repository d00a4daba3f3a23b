#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

/* The log sink is one of the two pieces of state that the whole process shares (the
 * other is the CPU level). */
static _Atomic(log_sink_fn) sink_now;
static atomic_int level_now = LOG_INFO;

static void to_stderr(LogLevel level, const char *line)
{
    (void)level;
    fprintf(stderr, "lutist: %s\n", line);
}

static void emit(LogLevel level, const char *format, va_list args)
{
    if ((int)level > atomic_load(&level_now))
        return;
    char line[1024];
    vsnprintf(line, sizeof line, format, args);
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

void log_failure(const Err *err)
{
    if (err->trace[0])
        fprintf(stderr, "%s\n", err->trace);
    else
        log_error("%s", err->text);
}
