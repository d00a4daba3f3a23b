#include "python/isolate/child.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file/installed.h"
#include "base/mem.h"
#include "base/thread/interrupt.h"

enum { TICK_MS = 5 };

/* Returns an errno. */
static int set_files(posix_spawn_file_actions_t *files, int socket)
{
    int failed = posix_spawn_file_actions_adddup2(files, socket, CHILD_SOCKET);
    return failed ? failed
                  : posix_spawn_file_actions_addclosefrom_np(files, CHILD_SOCKET + 1);
}

/* No signal is blocked in it, and those that the host handles do what they usually do.
 */
static void set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (int i = 0; i < N_INTERRUPTS; i++)
        sigaddset(&usual, INTERRUPTS[i]);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &usual);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK |
                                             POSIX_SPAWN_SETSIGDEF);
}

static bool spawn(Child *child, const char *program, char *const *argv, int socket,
                  Err *err)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    set_attributes(&attributes);
    int failed = set_files(&files, socket);
    if (!failed)
        failed = posix_spawn(&child->pid, program, &files, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    if (!failed)
        return true;
    child->pid = 0;
    return err_set_errno(err, ERR_ENV, failed, "%s: a process for the script", program);
}

/* Its argument is the host's process, which it must not outlive. */
static bool spawn_for_host(Child *child, const char *program, int socket, Err *err)
{
    char host[24];
    snprintf(host, sizeof host, "%ld", (long)getpid());
    char *own = program ? mem_dup(program) : installed_program();
    const char *const argv[] = {CHILD_NAME, host, NULL};
    bool good = spawn(child, own, (char *const *)argv, socket, err);
    mem_free(own);
    return good;
}

/* Where SIGCHLD is ignored, an ended process is gone before it is asked how it ended.
 */
static void keep_the_dead(void)
{
    struct sigaction now;
    if (sigaction(SIGCHLD, NULL, &now) == 0 && now.sa_handler == SIG_IGN)
        signal(SIGCHLD, SIG_DFL);
}

bool child_start(Child *child, const char *program, Err *err)
{
    int ends[2];
    keep_the_dead();
    *child = (Child){.socket = -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return err_set_errno(err, ERR_ENV, errno, "a connection to the script");
    bool good = spawn_for_host(child, program, ends[1], err);
    close(ends[1]);
    if (good)
        child->socket = ends[0];
    else
        close(ends[0]);
    return good;
}

/* How it has ended. False: it runs. */
static bool peek(const Child *child, siginfo_t *end)
{
    memset(end, 0, sizeof *end);
    return waitid(P_PID, (id_t)child->pid, end, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           end->si_pid == child->pid;
}

bool child_has_ended(const Child *child)
{
    siginfo_t end;
    return peek(child, &end);
}

void child_interrupt(const Child *child)
{
    kill(child->pid, SIGINT);
}

/* "segmentation fault"; a signal of the system's for want of memory is told as such. */
static void tell_signal(int number, Err *err)
{
    char word[64];
    const char *known = sigdescr_np(number);
    snprintf(word, sizeof word, "%s", known ? known : "unknown");
    word[0] = (char)tolower((unsigned char)word[0]);
    err_set(err, ERR_SCRIPT, "the script's process ended: signal %d (%s)%s", number,
            word, number == SIGKILL ? "; was memory short?" : "");
}

static void tell_end(const siginfo_t *end, Err *err)
{
    if (end->si_code == CLD_EXITED)
        err_set(err, ERR_SCRIPT, "the script's process ended: exit code %d",
                end->si_status);
    else
        tell_signal(end->si_status, err);
}

void child_reap(Child *child, Err *err)
{
    siginfo_t end;
    if (!child->pid)
        return;
    if (peek(child, &end))
        tell_end(&end, err);
    kill(-child->pid, SIGKILL); /* its own children, too */
    kill(child->pid, SIGKILL);  /* before it has its session */
    while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    if (child->socket >= 0)
        close(child->socket);
    *child = (Child){.socket = -1};
}

void child_close(Child *child, int limit_ms)
{
    if (!child->pid)
        return;
    shutdown(child->socket, SHUT_RDWR);
    for (int ms = 0; ms < limit_ms && !child_has_ended(child); ms += TICK_MS)
        poll(NULL, 0, TICK_MS);
    child_reap(child, NULL);
}
