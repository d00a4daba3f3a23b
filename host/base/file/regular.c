#include "base/file/regular.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

/* The most bytes of a text: a report of some million files. */
enum { MOST_BYTES = 1 << 30 };

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

char *regular_text(const char *path, const char *what, size_t *size, Err *err)
{
    uint64_t bytes;
    FILE *file = regular_open(path, what, &bytes, err);
    if (!file)
        return NULL;
    char *text = bytes < MOST_BYTES ? mem_try(bytes + 1, 1, err) : NULL;
    size_t got = text ? fread(text, 1, bytes, file) : 0;
    fclose(file);
    if (text)
        text[got] = '\0';
    else if (bytes >= MOST_BYTES)
        err_set(err, ERR_FILE, "%s: is too large for %s", path, what);
    if (text && size)
        *size = got;
    return text;
}
