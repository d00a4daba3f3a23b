#include "python/pipeline/script_guard.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

/* New: the process's environment. */
static char **copy_environment(void)
{
    size_t count = 0;
    while (environ && environ[count])
        count++;
    char **copy = mem_new(count + 1, sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = mem_dup(environ[i]);
    return copy;
}

void script_guard_init(ScriptGuard *guard)
{
    guard->folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    guard->mask = umask(022);
    umask(guard->mask);
    guard->environment = copy_environment();
    guard->process = getpid();
}

void script_guard_term(ScriptGuard *guard)
{
    for (char **entry = guard->environment; entry && *entry; entry++)
        mem_free(*entry);
    mem_free(guard->environment);
    guard->environment = NULL;
    if (guard->folder >= 0)
        close(guard->folder);
    guard->folder = -1;
}

/* A process that the script has forked must not go on with the host's work. */
static void end_child(void)
{
    (void)dprintf(STDERR_FILENO,
                  "lutist: the script has forked; the new process ends here (a child "
                  "ends with os._exit)\n");
    _exit(1);
}

bool script_guard_restore(const ScriptGuard *guard, Err *err)
{
    if (getpid() != guard->process)
        end_child();
    umask(guard->mask);
    return guard->folder < 0 || fchdir(guard->folder) == 0 ||
           err_set(err, ERR_ENV,
                   "the working folder, which the script has left, cannot be entered "
                   "again");
}

bool script_guard_sees_change(const ScriptGuard *guard)
{
    char **now = environ, **then = guard->environment;
    while (now && *now && *then && strcmp(*now, *then) == 0)
        now++, then++;
    return *then || (now && *now);
}
