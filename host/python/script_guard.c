#include "python/script_guard.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void script_guard_init(ScriptGuard *guard)
{
    guard->folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    guard->mask = umask(022);
    umask(guard->mask);
}

void script_guard_term(ScriptGuard *guard)
{
    if (guard->folder >= 0)
        close(guard->folder);
    guard->folder = -1;
}

bool script_guard_restore(const ScriptGuard *guard, Err *err)
{
    umask(guard->mask);
    return guard->folder < 0 || fchdir(guard->folder) == 0 ||
           err_set(err, ERR_ENV,
                   "the working folder, which the script has left, cannot be entered "
                   "again");
}
