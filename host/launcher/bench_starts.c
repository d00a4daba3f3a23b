#include "launcher/bench_starts.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file/installed.h"
#include "base/mem.h"
#include "base/thread/thread.h"

/* In the environment of such a process. */
static const char NAME[] = "LUTIST_BENCH_START";

enum { MOST = 7, LEAST = 3 };
static const double LONG_MS = 5000;

bool bench_starts_is_one(void)
{
    return getenv(NAME);
}

bool bench_starts_tell(double ms, Err *err)
{
    return (printf("%.6f\n", ms) > 0 && fflush(stdout) == 0) ||
           err_set_errno(err, ERR_FILE, errno, "standard output");
}

/* This process's arguments, which point into *text. New, both. */
static char **own_arguments(char **text)
{
    size_t room = 0, count = 0;
    FILE *file = fopen("/proc/self/cmdline", "re");
    ssize_t size = file ? getdelim(text, &room, EOF, file) : -1;
    if (file)
        fclose(file);
    char **argv = mem_new((size_t)(size > 0 ? size : 0) + 1, sizeof *argv);
    for (ssize_t at = 0; at < size; at += (ssize_t)strlen(*text + at) + 1)
        argv[count++] = *text + at;
    return argv;
}

/* Its standard output goes into `into`; what it would say has been said before. */
static bool spawn(pid_t *pid, int into, Err *err)
{
    posix_spawn_file_actions_t files;
    char *program = installed_program(), *text = NULL, **argv = own_arguments(&text);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, into, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    setenv(NAME, "1", true);
    int failed = posix_spawn(pid, program, &files, NULL, argv, environ);
    unsetenv(NAME);
    posix_spawn_file_actions_destroy(&files);
    mem_free(program);
    mem_free(argv);
    free(text);
    return !failed ||
           err_set_errno(err, ERR_ENV, failed, "another start of the window");
}

static bool read_ms(int from, double *ms, Err *err)
{
    FILE *file = fdopen(from, "r");
    bool good = file && fscanf(file, "%lf", ms) == 1;
    if (file)
        fclose(file);
    return good || err_set(err, ERR_ENV,
                           "bench viewer: another start of the window "
                           "showed no picture");
}

static bool start(double *ms, Err *err)
{
    int ends[2];
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set_errno(err, ERR_ENV, errno, "another start of the window");
    bool good = spawn(&pid, ends[1], err);
    close(ends[1]);
    if (!good) {
        close(ends[0]);
        return false;
    }
    good = read_ms(ends[0], ms, err);
    waitpid(pid, NULL, 0);
    return good;
}

bool bench_starts_measure(LatencyLog *log, Err *err)
{
    double begin = thread_clock_ms();
    while (log->answered < MOST &&
           (log->answered < LEAST || thread_clock_ms() - begin < LONG_MS)) {
        double ms;
        if (!start(&ms, err))
            return false;
        latency_time(log, ms);
    }
    return true;
}
