#include "launcher/bench_starts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file/installed.h"
#include "base/mem.h"
#include "base/thread/thread.h"
#include "bench/bench_timing.h"

/* In the environment of such a process; its pipe has always the same number. */
static const char VARIABLE[] = "LUTIST_BENCH_START";
enum { PIPE = 3 };

bool bench_starts_is_one(void)
{
    return getenv(VARIABLE);
}

bool bench_starts_tell(double ms, Err *err)
{
    return dprintf(PIPE, "%.6f\n", ms) > 0 ||
           err_set_errno(err, ERR_FILE, errno, "bench viewer: %s", VARIABLE);
}

/* This process's arguments. *text holds them; both are the caller's to free. NULL: they
 * cannot be read. */
static char **own_arguments(char **text)
{
    enum { STEP = 4096 };
    size_t got, size = 0, count = 0;
    FILE *file = fopen("/proc/self/cmdline", "re");
    if (!file)
        return NULL;
    do {
        *text = mem_more(*text, size, STEP, 1);
        got = fread(*text + size, 1, STEP, file);
        size += got;
    } while (got > 0);
    fclose(file);
    (*text)[size] = '\0';
    char **argv = mem_new(size + 1, sizeof *argv);
    for (size_t at = 0; at < size; at += strlen(*text + at) + 1)
        argv[count++] = *text + at;
    return argv;
}

/* This process's environment, and the variable. */
static char **environment(char *variable)
{
    size_t count = 0;
    while (environ[count])
        count++;
    char **all = mem_new(count + 2, sizeof *all);
    memcpy(all, environ, count * sizeof *all);
    all[count] = variable;
    return all;
}

/* `into` is its pipe. No signal is blocked in it. Returns an errno. */
static int spawn(pid_t *pid, char *const *argv, int into)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    char *program = installed_program(), *variable = mem_printf("%s=1", VARIABLE);
    char **environment_of_it = environment(variable);
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, into, PIPE);
    for (int i = STDOUT_FILENO; i <= STDERR_FILENO; i++)
        posix_spawn_file_actions_addopen(&files, i, "/dev/null", O_WRONLY, 0);
    int failed =
        posix_spawn(pid, program, &files, &attributes, argv, environment_of_it);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    mem_free(environment_of_it);
    mem_free(variable);
    mem_free(program);
    return failed;
}

static bool spawn_again(pid_t *pid, int into, Err *err)
{
    char *text = NULL, **argv = own_arguments(&text);
    int failed = argv ? spawn(pid, argv, into) : errno;
    mem_free(argv);
    mem_free(text);
    return !failed ||
           err_set_errno(err, ERR_ENV, failed, "bench viewer: another start");
}

static bool read_ms(int from, double *ms)
{
    FILE *file = fdopen(from, "r");
    bool good = file && fscanf(file, "%lf", ms) == 1;
    if (file)
        fclose(file);
    return good;
}

static bool start(double *ms, Err *err)
{
    int ends[2], status = 0;
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set_errno(err, ERR_ENV, errno, "bench viewer: another start");
    bool good = spawn_again(&pid, ends[1], err);
    close(ends[1]);
    if (!good) {
        close(ends[0]);
        return false;
    }
    good = read_ms(ends[0], ms);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return good || err_set(err, ERR_ENV,
                           "bench viewer: another start ended with %d, and without a "
                           "picture",
                           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + status);
}

bool bench_starts_measure(LatencyLog *log, Err *err)
{
    double begin = thread_clock_ms(), ms;
    while (bench_timing_goes_on(log->answered, begin)) {
        if (!start(&ms, err))
            return false;
        latency_time(log, ms);
    }
    return true;
}
