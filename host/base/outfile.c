#include "base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

enum { BUFFER_BYTES = 128 * 1024, SUFFIX = 6, NEW_MODE = 0666 };

struct Outfile {
    char *path;     /* as the caller named it: for messages */
    char *target;   /* what is renamed to: `path`, or where that link leads */
    char *temp;     /* NULL until the file is there */
    char *buffer;   /* stdio's */
    FILE *file;     /* NULL once closed */
    bool overwrite; /* replace what stands at the target */
    mode_t keep;    /* the replaced file's mode; 0: there is none */
};

static bool fail(const Outfile *out, Err *err, const char *reason)
{
    return err_set(err, ERR_FILE, "%s: %s", out->path, reason);
}

static bool fail_exists(const Outfile *out, Err *err)
{
    return fail(out, err, "already exists; only overwrite replaces it");
}

/* Decide what will be renamed to, and refuse what must not be replaced. */
static bool find_target(Outfile *out, Err *err)
{
    struct stat st;
    if (lstat(out->path, &st) != 0) {
        out->target = mem_dup(out->path);
        return true; /* creating the temporary file says what is wrong, if anything */
    }
    if (!out->overwrite)
        return fail_exists(out, err);
    char *real = realpath(out->path, NULL);
    out->target = mem_dup(real);
    free(real);
    if (!out->target || stat(out->target, &st) != 0)
        return fail(out, err, S_ISLNK(st.st_mode) ? "a broken link" : strerror(errno));
    if (S_ISDIR(st.st_mode))
        return fail(out, err, "is a folder");
    if (!S_ISREG(st.st_mode))
        return fail(out, err, "not an ordinary file; it is not replaced");
    if (faccessat(AT_FDCWD, out->target, W_OK, AT_EACCESS) != 0)
        return fail(out, err, strerror(errno));
    out->keep = st.st_mode & 0777;
    return true;
}

/* A temporary name; shortened where the file system would not take it. */
static char *temp_name(const char *target)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    const int room = NAME_MAX - (int)sizeof "..lutist-" - SUFFIX;
    uint8_t random[SUFFIX] = {0};
    char suffix[SUFFIX + 1] = {0};
    (void)!getrandom(random, sizeof random, 0); /* O_EXCL guards the outcome */
    for (int i = 0; i < SUFFIX; i++)
        suffix[i] = letters[random[i] % (sizeof letters - 1)];
    const char *name = path_name(target);
    return mem_printf("%.*s.%.*s.lutist-%s", (int)(name - target), target, room, name,
                      suffix);
}

static bool fail_create(const Outfile *out, int error, Err *err)
{
    char *dir = path_dir(out->target);
    if (error == ENOENT)
        err_set(err, ERR_FILE, "%s: the folder %s does not exist", out->path, dir);
    else if (error == ENOTDIR)
        err_set(err, ERR_FILE, "%s: %s is not a folder", out->path, dir);
    else if (error == EACCES || error == EPERM || error == EROFS)
        err_set(err, ERR_FILE, "%s: the folder %s cannot be written: %s", out->path,
                dir, strerror(error));
    else
        fail(out, err, strerror(error));
    mem_free(dir);
    return false;
}

/* open() and not mkstemp(): it lets the umask and a folder's default ACL have their
 * say, and the umask cannot be asked for without changing it for other threads. */
static bool create_temp(Outfile *out, Err *err)
{
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    int fd = -1;
    for (int tries = 0; fd < 0 && tries < 100; tries++) {
        mem_free(out->temp);
        out->temp = temp_name(out->target);
        fd = open(out->temp, flags, NEW_MODE);
        if (fd < 0 && errno != EEXIST && errno != EINTR)
            break;
    }
    if (fd < 0) {
        int error = errno;
        mem_free(out->temp);
        out->temp = NULL;
        return fail_create(out, error, err);
    }
    /* A file system without modes (FAT) may refuse; the file is good all the same. */
    if (out->keep)
        (void)!fchmod(fd, out->keep);
    out->file = fdopen(fd, "w+b");
    REQUIRE(out->file);
    out->buffer = mem_new(BUFFER_BYTES, 1);
    setvbuf(out->file, out->buffer, _IOFBF, BUFFER_BYTES);
    return true;
}

Outfile *outfile_open(const char *path, bool overwrite, Err *err)
{
    Outfile *out = mem_new(1, sizeof *out);
    out->path = mem_dup(path);
    out->overwrite = overwrite;
    if (find_target(out, err) && create_temp(out, err))
        return out;
    outfile_abort(out);
    return NULL;
}

FILE *outfile_file(Outfile *out)
{
    return out->file;
}

/* For file systems that know neither RENAME_NOREPLACE nor hard links (exFAT): take the
 * name with an empty file, which only one can do, and replace that. */
static bool rename_over_placeholder(const char *from, const char *to)
{
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, NEW_MODE);
    if (fd < 0)
        return false;
    close(fd);
    if (rename(from, to) == 0)
        return true;
    int error = errno;
    unlink(to);
    errno = error;
    return false;
}

/* Rename, but never onto something. False: errno says why. */
static bool rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return false;
    if (link(from, to) == 0)
        return unlink(from) == 0;
    if (errno == EEXIST)
        return false;
    return rename_over_placeholder(from, to);
}

static bool close_file(Outfile *out)
{
    FILE *file = out->file;
    out->file = NULL;
    errno = EIO; /* what an error that was met earlier is taken for */
    bool good = fflush(file) == 0 && !ferror(file);
    int error = errno;
    if (fclose(file) != 0 && good)
        return false;
    errno = error;
    return good;
}

bool outfile_commit(Outfile *out, Err *err)
{
    bool done = close_file(out);
    if (done)
        done = out->overwrite ? rename(out->temp, out->target) == 0
                              : rename_new(out->temp, out->target);
    if (done) {
        mem_free(out->temp);
        out->temp = NULL;
    } else if (errno == EEXIST) {
        fail_exists(out, err);
    } else {
        fail(out, err, strerror(errno));
    }
    outfile_abort(out);
    return done;
}

void outfile_abort(Outfile *out)
{
    if (!out)
        return;
    if (out->file)
        fclose(out->file);
    if (out->temp)
        unlink(out->temp);
    mem_free(out->buffer);
    mem_free(out->temp);
    mem_free(out->target);
    mem_free(out->path);
    mem_free(out);
}
