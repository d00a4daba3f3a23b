#include "base/log_writer.h"

#include <errno.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/thread/dispatch.h"
#include "base/thread/thread.h"

enum { PATIENCE_MS = 1000 };

struct LogWriter {
    /* immutable after start */
    LogOutput output;
    pthread_t thread;
    Dispatch *inbox;
    /* atomic */
    atomic_int waiting, lost; /* lines */
    atomic_int users;         /* the thread and who started it: the last one frees */
    sem_t done;               /* all is written */
    /* the thread's */
    bool ended;
};

typedef struct Line {
    LogWriter *writer;
    char *text; /* NULL: the end */
    int lost;   /* lines that would have stood right before it */
} Line;

static void line_free(void *data)
{
    Line *line = data;
    mem_free(line->text);
    mem_free(line);
}

/* Not by stdio: the end of the process would wait for its lock. */
static void put(const char *text)
{
    for (size_t left = strlen(text); left;) {
        ssize_t put = write(STDERR_FILENO, text, left);
        if (put < 0 && errno != EINTR)
            return;
        text += put > 0 ? put : 0;
        left -= put > 0 ? (size_t)put : 0;
    }
}

static void tell_lost(int lost)
{
    char text[64];
    snprintf(text, sizeof text, "lutist: %d line%s that nobody read %s lost\n", lost,
             lost == 1 ? "" : "s", lost == 1 ? "is" : "are");
    if (lost)
        put(text);
}

static void write_line(void *data)
{
    const Line *line = data;
    LogWriter *writer = line->writer;
    writer->ended = !line->text;
    tell_lost(line->lost);
    if (line->text)
        put(line->text);
    if (atomic_fetch_sub(&writer->waiting, 1) == 1) /* no line follows, perhaps never */
        tell_lost(atomic_exchange(&writer->lost, 0));
}

static void post(LogWriter *writer, char *text)
{
    Line *line = mem_new(1, sizeof *line);
    *line = (Line){writer, text, atomic_exchange(&writer->lost, 0)};
    atomic_fetch_add(&writer->waiting, 1);
    dispatch_post_newest(writer->inbox, line, /* each its own key: none is lost */
                         &(DispatchItem){write_line, line_free, line});
}

static void take(void *context, const char *text)
{
    LogWriter *writer = context;
    if (atomic_load(&writer->waiting) < LOG_WRITER_MOST)
        post(writer, mem_dup(text));
    else
        atomic_fetch_add(&writer->lost, 1);
}

static void let_go(LogWriter *writer)
{
    if (atomic_fetch_sub(&writer->users, 1) > 1)
        return;
    dispatch_free(writer->inbox);
    sem_destroy(&writer->done);
    mem_free(writer);
}

static void writer_thread(void *arg)
{
    LogWriter *writer = arg;
    while (!writer->ended)
        dispatch_process(writer->inbox, -1);
    sem_post(&writer->done);
    let_go(writer);
}

LogWriter *log_writer_start(void)
{
    Err err;
    LogWriter *writer = mem_new(1, sizeof *writer);
    writer->output = (LogOutput){take, writer};
    writer->inbox = dispatch_new();
    sem_init(&writer->done, 0, 0);
    atomic_store(&writer->users, 2);
    if (thread_start(&writer->thread, "lutist-log", writer_thread, writer, &err)) {
        log_set_output(&writer->output);
        return writer;
    }
    atomic_store(&writer->users, 1);
    let_go(writer);
    return NULL;
}

bool log_writer_drain(LogWriter *writer)
{
    if (!writer)
        return true;
    struct timespec until = thread_in_ms(CLOCK_REALTIME, PATIENCE_MS);
    int failed;
    log_set_output(NULL);
    post(writer, NULL);
    while ((failed = sem_timedwait(&writer->done, &until)) != 0 && errno == EINTR)
        ;
    return !failed;
}

/* The thread may be in the middle of a line for ever. */
void log_writer_stop(LogWriter *writer)
{
    if (!writer)
        return;
    if (log_writer_drain(writer))
        pthread_join(writer->thread, NULL);
    else
        pthread_detach(writer->thread);
    let_go(writer);
}
