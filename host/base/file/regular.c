#include "base/file/regular.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool check(const struct stat *found, const char *path, const char *what,
                  Err *err)
{
    if (S_ISREG(found->st_mode))
        return true;
    if (S_ISFIFO(found->st_mode))
        return err_set(err, ERR_FILE, "%s: is a pipe; put %s into a file first", path,
                       what);
    return err_set(err, ERR_FILE, "%s: %s", path,
                   S_ISDIR(found->st_mode) ? "is a folder, not a file"
                                           : "not an ordinary file");
}

FILE *regular_open(const char *path, const char *what, uint64_t *size, Err *err)
{
    struct stat found;
    bool there = stat(path, &found) == 0;
    if (there && !check(&found, path, what, err))
        return NULL;
    int fd = there ? open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
    there = fd >= 0 && fstat(fd, &found) == 0;
    FILE *file = there && S_ISREG(found.st_mode) ? fdopen(fd, "rb") : NULL;
    if (file && size)
        *size = (uint64_t)found.st_size;
    if (file)
        return file;
    if (!there || check(&found, path, what, err))
        err_set_errno(err, ERR_FILE, errno, "%s", path);
    if (fd >= 0)
        close(fd);
    return NULL;
}
