#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/printable.h"

enum { LINE = 1024, WHOLE = 3 * 4096 + LINE };

/* State of the whole process, like the CPU level and the counts of interrupt.h. */
static _Atomic(log_sink_fn) sink_now;
static _Atomic(const LogOutput *) output_now;
static atomic_int level_now = LOG_INFO;
/* Is a status line on the screen? Guarded by the lock of stderr. */
static bool status_stands;

static const char *clearance(void)
{
    const char *clear = status_stands ? "\r\033[K" : "";
    status_stands = false;
    return clear;
}

/* Whole lines. */
static void put(const char *text)
{
    const LogOutput *output = atomic_load(&output_now);
    if (output) {
        output->put(output->context, text);
        return;
    }
    flockfile(stderr);
    fprintf(stderr, "%s%s", clearance(), text);
    funlockfile(stderr);
}

static void to_stderr(LogLevel level, const char *line)
{
    char shown[PRINTABLE_GROWTH * LINE], text[sizeof shown + 16];
    (void)level;
    printable_escape(shown, sizeof shown, line);
    snprintf(text, sizeof text, "lutist: %s\n", shown);
    put(text);
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

void log_set_output(const LogOutput *output)
{
    atomic_store(&output_now, output);
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

void log_trace(const char *trace)
{
    size_t length = strlen(trace);
    bool whole = length && trace[length - 1] == '\n';
    char *text = mem_printf("%s%s", trace, whole ? "" : "\n");
    put(text);
    mem_free(text);
}

void log_failure(const Err *err)
{
    if (err->trace[0])
        log_trace(err->trace);
    else
        log_error("%s", err->text);
}
