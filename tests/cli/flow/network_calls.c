/* network_calls — preloaded, it gives a program the file system of a server that it
 * reaches over a network.
 *
 * LUTIST_NETWORK is a list of words, with commas:
 *   noflags     renameat2 knows no flags
 *   nolinks     and there are no hard links
 *   CALL        each such call is done, but its answer is lost: the request that is
 *               sent again fails. CALL/2: each second one
 *   unseen      what other machines have made in the last seconds is not seen by name
 *   late        an error of writing is told when a file is closed
 * CALL is linkat, renameat, renameat2, unlinkat, openat (with O_EXCL) or mkdir.
 * Threads: any.
 * Python:  unaware. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Its place in LUTIST_NETWORK; NULL: it is not there. */
static const char *word(const char *wanted)
{
    const char *at = getenv("LUTIST_NETWORK");
    size_t length = strlen(wanted);
    while (at && *at) {
        size_t size = strcspn(at, ",");
        if (strncmp(at, wanted, length) == 0 && (size == length || at[length] == '/'))
            return at;
        at += size + (at[size] == ',');
    }
    return NULL;
}

/* The answer to a call that came to `result`: -1 and `error` where it is lost. */
static int answer(const char *call, int result, int error, atomic_int *count)
{
    const char *found = result >= 0 ? word(call) : NULL;
    bool second = found && found[strlen(call)] == '/';
    if (!found || (second && atomic_fetch_add(count, 1) % 2))
        return result;
    errno = error;
    return -1;
}

/* The function of the C library. */
#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the C library's are
 * reserved to it */
int linkat(int from, const char *old, int to, const char *new, int flags)
{
    static atomic_int count;
    REAL(linkat);
    if (word("nolinks")) {
        errno = EPERM;
        return -1;
    }
    return answer("linkat", real(from, old, to, new, flags), EEXIST, &count);
}

int renameat(int from, const char *old, int to, const char *new)
{
    static atomic_int count;
    REAL(renameat);
    return answer("renameat", real(from, old, to, new), ENOENT, &count);
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    static atomic_int count;
    REAL(renameat2);
    if (flags && word("noflags")) {
        errno = EINVAL;
        return -1;
    }
    return answer("renameat2", real(from, old, to, new, flags), EEXIST, &count);
}

int unlinkat(int folder, const char *name, int flags)
{
    static atomic_int count;
    REAL(unlinkat);
    return answer("unlinkat", real(folder, name, flags), ENOENT, &count);
}

int mkdir(const char *path, mode_t mode)
{
    static atomic_int count;
    REAL(mkdir);
    return answer("mkdir", real(path, mode), EEXIST, &count);
}

int openat(int folder, const char *name, int flags, ...)
{
    static atomic_int count;
    REAL(openat);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int file = real(folder, name, flags, mode);
    if (!(flags & O_EXCL) || answer("openat", file, EEXIST, &count) >= 0)
        return file;
    int error = errno;
    if (file >= 0)
        close(file);
    errno = error;
    return -1;
}

int openat64(int folder, const char *name, int flags, ...)
    __attribute__((alias("openat")));

/* Of results alone, in the folder "out". */
int fstatat(int folder, const char *name, struct stat *found, int flags)
{
    REAL(fstatat);
    if (word("unseen") && name[0] && name[0] != '.' && strchr(name, '.') &&
        !strchr(name, '/')) {
        errno = ENOENT;
        return -1;
    }
    return real(folder, name, found, flags);
}

int lstat(const char *path, struct stat *found)
{
    REAL(lstat);
    if (word("unseen") && strncmp(path, "out/", 4) == 0) {
        errno = ENOENT;
        return -1;
    }
    return real(path, found);
}

int fstatat64(int folder, const char *name, struct stat64 *found, int flags)
    __attribute__((alias("fstatat")));

int close(int file)
{
    struct stat found;
    REAL(close);
    bool written = word("late") && (fcntl(file, F_GETFL) & O_ACCMODE) != O_RDONLY &&
                   fstat(file, &found) == 0 && S_ISREG(found.st_mode);
    int result = real(file);
    if (!written)
        return result;
    errno = EIO;
    return -1;
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
