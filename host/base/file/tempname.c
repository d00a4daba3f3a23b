#include "base/file/tempname.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/mem.h"

enum { RANDOM = 8, CHECK = 4, SUFFIX = RANDOM + CHECK, TRIES = 100 };

static const char MARK[] = ".lutist-";
static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz0123456789";

/* The last letters are a hash (FNV-1a) of those before, so no other file ends like this
 * by chance. */
static void add_check(char suffix[SUFFIX])
{
    uint32_t hash = 2166136261u;
    for (int i = 0; i < RANDOM; i++)
        hash = (hash ^ (uint8_t)suffix[i]) * 16777619u;
    for (int i = RANDOM; i < SUFFIX; i++, hash /= sizeof LETTERS - 1)
        suffix[i] = LETTERS[hash % (sizeof LETTERS - 1)];
}

/* Shortened for the limit of the file system. */
static char *new_name(const char *name)
{
    const int room = NAME_MAX - (int)sizeof MARK - SUFFIX;
    uint8_t random[RANDOM] = {0};
    char suffix[SUFFIX + 1] = {0};
    (void)!getrandom(random, sizeof random, 0); /* O_EXCL makes a collision harmless */
    for (int i = 0; i < RANDOM; i++)
        suffix[i] = LETTERS[random[i] % (sizeof LETTERS - 1)];
    add_check(suffix);
    return mem_printf(".%.*s%s%s", room, name, MARK, suffix);
}

bool tempname_is(const char *name)
{
    size_t length = strlen(name), mark = sizeof MARK - 1;
    if (name[0] != '.' || length < 2 + mark + SUFFIX)
        return false;
    const char *suffix = name + length - SUFFIX;
    char right[SUFFIX];
    memcpy(right, suffix, SUFFIX);
    add_check(right);
    return memcmp(suffix - mark, MARK, mark) == 0 && memcmp(suffix, right, SUFFIX) == 0;
}

/* Without its lock the file looks abandoned, and another run's tempname_clean may
 * remove it. */
static bool lock_new(int file, struct stat *made)
{
    bool locked = flock(file, LOCK_EX | LOCK_NB) == 0;
    if (!locked && errno == EWOULDBLOCK)
        return false; /* after any other failure: this file system has no locks */
    return fstat(file, made) == 0 && (!locked || made->st_nlink > 0);
}

/* Its lock was free and it still has its name: its maker is gone. */
static bool is_abandoned(int folder, const char *name, int file, struct stat *found)
{
    struct stat named;
    return fstat(file, found) == 0 && S_ISREG(found->st_mode) &&
           flock(file, LOCK_EX | LOCK_NB) == 0 &&
           fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           named.st_dev == found->st_dev && named.st_ino == found->st_ino;
}

static void remove_abandoned(int folder, const char *name, tempname_keep_fn keep,
                             void *context)
{
    const int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int file = openat(folder, name, flags);
    if (file < 0)
        return;
    struct stat found;
    if (is_abandoned(folder, name, file, &found) && !(keep && keep(context, &found)))
        unlinkat(folder, name, 0);
    close(file);
}

int tempname_create(int folder, const char *name, mode_t mode, char **temp,
                    struct stat *made)
{
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    for (int tries = 0; tries < TRIES; tries++) {
        char *hidden = new_name(name);
        int file = openat(folder, hidden, flags, mode);
        int error = errno;
        if (file >= 0 && lock_new(file, made)) {
            *temp = hidden;
            return file;
        }
        if (file >= 0)
            close(file);
        else if (error == EEXIST) /* our own: a file server was asked twice */
            remove_abandoned(folder, hidden, NULL, NULL);
        mem_free(hidden);
        errno = error;
        if (file < 0 && error != EEXIST && error != EINTR)
            return -1;
    }
    errno = EEXIST;
    return -1;
}

void tempname_clean(int folder, tempname_keep_fn keep, void *context)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again >= 0 ? fdopendir(again) : NULL;
    struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        if (tempname_is(entry->d_name))
            remove_abandoned(folder, entry->d_name, keep, context);
    if (dir)
        closedir(dir);
}
