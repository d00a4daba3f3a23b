/* The log's own thread: nobody waits for a reader of stderr that does not read. */
#include "cm.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/log_writer.h"

/* A pipe in the place of stderr. */
typedef struct Pipe {
    int reader, writer, before;
    size_t filled; /* bytes that are in it already */
} Pipe;

/* It takes not one byte more. */
static void fill(Pipe *pipe)
{
    const char block[512] = {0};
    fcntl(pipe->writer, F_SETFL, O_NONBLOCK);
    for (size_t size = sizeof block; size; size = size == 1 ? 0 : 1)
        for (ssize_t put; (put = write(pipe->writer, block, size)) > 0;)
            pipe->filled += (size_t)put;
    fcntl(pipe->writer, F_SETFL, 0);
}

static void pipe_open(Pipe *stderr_pipe)
{
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    *stderr_pipe = (Pipe){ends[0], ends[1], dup(STDERR_FILENO), 0};
    fill(stderr_pipe);
    dup2(stderr_pipe->writer, STDERR_FILENO);
}

static void pipe_close(const Pipe *pipe)
{
    dup2(pipe->before, STDERR_FILENO);
    close(pipe->before);
    close(pipe->writer);
    close(pipe->reader);
}

/* From behind what it was filled with. */
static FILE *read_on(const Pipe *pipe)
{
    FILE *in = fdopen(dup(pipe->reader), "r");
    assert_non_null(in);
    for (size_t i = 0; i < pipe->filled; i++)
        fgetc(in);
    return in;
}

/* The next line. */
static void expect(FILE *in, const char *wanted)
{
    char line[128];
    assert_non_null(fgets(line, sizeof line, in));
    assert_string_equal(line, wanted);
}

static void expect_number(FILE *in, int number)
{
    char text[64];
    snprintf(text, sizeof text, "lutist: line %d\n", number);
    expect(in, text);
}

static void nobody_waits_and_lines_stay_in_order(void **state)
{
    (void)state;
    Pipe pipe;
    pipe_open(&pipe);
    LogWriter *writer = log_writer_start();
    assert_non_null(writer);
    for (int i = 0; i < LOG_WRITER_MOST + 5; i++)
        log_error("line %d", i); /* this thread is the one that would have to read */
    log_trace("lost, too");
    FILE *in = read_on(&pipe);
    for (int i = 0; i < LOG_WRITER_MOST; i++)
        expect_number(in, i);
    expect(in, "lutist: 6 lines that nobody read are lost\n");
    log_trace("Traceback:\n  a\n");
    log_writer_stop(writer);
    expect(in, "Traceback:\n");
    expect(in, "  a\n");
    fclose(in);
    pipe_close(&pipe);
}

static void a_loss_stands_where_it_was(void **state)
{
    (void)state;
    Pipe pipe;
    pipe_open(&pipe);
    LogWriter *writer = log_writer_start();
    for (int i = 0; i < LOG_WRITER_MOST + 1; i++)
        log_error("line %d", i);
    FILE *in = read_on(&pipe);
    for (int i = 0; i < LOG_WRITER_MOST; i++) {
        expect_number(in, i);
        if (i == LOG_WRITER_MOST / 2) /* there is room again */
            log_error("after");
    }
    expect(in, "lutist: 1 line that nobody read is lost\n");
    expect(in, "lutist: after\n");
    log_writer_stop(writer);
    fclose(in);
    pipe_close(&pipe);
}

static void the_end_does_not_wait_for_ever(void **state)
{
    (void)state;
    Pipe pipe;
    pipe_open(&pipe);
    LogWriter *writer = log_writer_start();
    log_error("unread");
    log_writer_stop(writer);
    pipe_close(&pipe);
    log_writer_stop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_waits_and_lines_stay_in_order),
        cmocka_unit_test(a_loss_stands_where_it_was),
        cmocka_unit_test(the_end_does_not_wait_for_ever),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
