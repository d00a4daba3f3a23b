#include "base/file/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file/tempname.h"
#include "base/mem.h"
#include "base/path.h"

enum { BUFFER_BYTES = 128 * 1024, TRIES = 100 };

struct Outfile {
    char *path;       /* as the caller named it: for messages */
    const char *name; /* in the folder; points into `path` */
    OutfileRules rules;
    Folder *folder;
    int handle; /* the folder's */
    char *temp; /* the temporary name in the folder; NULL: none */
    TempFile listed;
    FILE *file; /* NULL until it is open */
    struct stat made;
    char *buffer; /* the buffer of stdio */
};

static bool fail(const Outfile *out, Err *err, const char *reason)
{
    return err_set(err, ERR_FILE, "%s: %s", out->path, reason);
}

static bool fail_errno(const Outfile *out, Err *err)
{
    return err_set_errno(err, ERR_FILE, errno, "%s", out->path);
}

static bool fail_exists(const Outfile *out, Err *err)
{
    fail(out, err, OUTFILE_EXISTS);
    return err_code(err, EEXIST);
}

/* Describe the file at the target's name; *there is zeroed if there is none. */
static bool look(const Outfile *out, struct stat *there, Err *err)
{
    if (fstatat(out->handle, out->name, there, AT_SYMLINK_NOFOLLOW) == 0)
        return true;
    *there = (struct stat){0};
    return errno == ENOENT || fail_errno(out, err);
}

/* /dev/stdout is a link too, but must not be replaced. */
static bool is_devices(const Folder *folder)
{
    struct stat devices, found;
    folder_identify(folder, &found);
    return stat("/dev", &devices) == 0 && devices.st_dev == found.st_dev &&
           devices.st_ino == found.st_ino;
}

static bool fail_kind(Err *err, int code, const char *reason)
{
    err_set(err, ERR_FILE, "%s", reason);
    return err_code(err, code);
}

/* May a file of this type be replaced? */
static bool is_replaceable(int folder, const char *name, const struct stat *there,
                           Err *err)
{
    if (S_ISLNK(there->st_mode))
        return true;
    if (S_ISDIR(there->st_mode))
        return fail_kind(err, EISDIR, "is a folder");
    if (!S_ISREG(there->st_mode))
        return fail_kind(err, 0, "not an ordinary file; it is not replaced");
    if (faccessat(folder, name, W_OK, AT_EACCESS) == 0)
        return true;
    if (errno == EACCES)
        return fail_kind(err, EACCES, "is read-only; it is not replaced");
    return err_set_errno(err, ERR_FILE, errno, "%s", "");
}

/* Refuse a target that must not be replaced. */
static bool check_target(const Outfile *out, struct stat *there, Err *err)
{
    const OutfileRules *rules = &out->rules;
    if (!look(out, there, err))
        return false;
    if (!there->st_mode)
        return true;
    if (!rules->overwrite && !S_ISDIR(there->st_mode))
        return fail_exists(out, err);
    if (S_ISLNK(there->st_mode) && is_devices(out->folder))
        return fail(out, err, "stands for an open file; it is not replaced");
    if (is_replaceable(out->handle, out->name, there, err) &&
        (!rules->guard ||
         rules->guard(rules->context, out->handle, out->name, there, err)))
        return true;
    return err_in(err, out->path);
}

static bool open_folder(Outfile *out, Err *err)
{
    if (out->rules.folder) {
        out->folder = folder_ref(out->rules.folder);
    } else {
        char *dir = path_dir(out->path);
        out->folder = folder_open(dir, false, err);
        mem_free(dir);
        if (!out->folder)
            return err_in(err, out->path);
    }
    out->handle = folder_handle(out->folder);
    return true;
}

static bool fail_create(const Outfile *out, Err *err)
{
    if (errno != EACCES && errno != EPERM && errno != EROFS)
        return fail_errno(out, err);
    char *dir = path_dir(out->path);
    err_set_errno(err, ERR_FILE, errno, "%s: the folder %s cannot be written",
                  out->path, dir);
    mem_free(dir);
    return false;
}

/* The group that a new file gets. */
static gid_t new_group(const Outfile *out)
{
    struct stat folder;
    folder_identify(out->folder, &folder);
    return folder.st_mode & S_ISGID ? folder.st_gid : getegid();
}

/* Not mkstemp(), so that the umask and a folder's default access list apply. A file
 * that replaces another is readable by its owner only until it gets the old file's
 * mode. */
static bool create_temp(Outfile *out, bool replaces, Err *err)
{
    mode_t mode = permissions_mode(&out->rules.source, new_group(out));
    int file = tempname_create(out->handle, out->name, replaces ? 0600 : mode,
                               &out->temp, &out->made);
    if (file < 0)
        return fail_create(out, err);
    out->file = fdopen(file, "w+b");
    if (!out->file) {
        fail_errno(out, err);
        close(file);
        return false;
    }
    out->buffer = mem_alloc(BUFFER_BYTES, NULL);
    if (out->buffer) /* if it fails, stdio's own small buffer will do */
        setvbuf(out->file, out->buffer, _IOFBF, BUFFER_BYTES);
    return true;
}

static void list(Outfile *out)
{
    out->listed = (TempFile){.folder = out->handle, .name = out->temp};
    if (out->rules.temps)
        temp_list_add(out->rules.temps, &out->listed);
}

static void unlist(Outfile *out)
{
    if (out->rules.temps)
        temp_list_remove(out->rules.temps, &out->listed);
}

static bool begins_with(int folder, const char *name, const char *text)
{
    char start[64];
    size_t size = strlen(text);
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return false;
    REQUIRE(size <= sizeof start);
    bool alike =
        read(file, start, size) == (ssize_t)size && memcmp(start, text, size) == 0;
    close(file);
    return alike;
}

bool outfile_guard_kind(void *context, int folder, const char *name,
                        const struct stat *there, Err *err)
{
    const OutfileKind *kind = context;
    if (S_ISLNK(there->st_mode))
        return err_set(err, ERR_USAGE,
                       "is a link, which is not replaced; name the file itself");
    return begins_with(folder, name, kind->opening) ||
           err_set(err, ERR_USAGE, "already exists and is not a %s; it is not replaced",
                   kind->name);
}

Outfile *outfile_open(const char *path, const OutfileRules *rules, Err *err)
{
    Outfile *out = mem_new(1, sizeof *out);
    out->path = mem_dup(path);
    out->name = path_name(out->path);
    out->rules = *rules;
    struct stat there;
    if (!*out->name)
        fail(out, err, "names a folder, not a file");
    else if (open_folder(out, err) && check_target(out, &there, err) &&
             create_temp(out, S_ISREG(there.st_mode), err)) {
        list(out);
        return out;
    }
    outfile_abort(out);
    return NULL;
}

/* Could the file be made in its folder, even if that does not exist yet? */
static bool check_folder(const Outfile *out, Err *err)
{
    char *dir = path_dir(out->path);
    bool fine = folder_check(dir, out->name, NULL, err) || err_in(err, out->path);
    mem_free(dir);
    return fine;
}

bool outfile_check(const char *path, const OutfileRules *rules, Err *err)
{
    Outfile out = {.path = (char *)path, .name = path_name(path), .rules = *rules};
    struct stat there;
    if (!*out.name)
        return fail(&out, err, "names a folder, not a file");
    if (!check_folder(&out, err))
        return false;
    if (lstat(path, &there) != 0)
        return errno == ENOENT || fail_errno(&out, err);
    bool fine = open_folder(&out, err) && check_target(&out, &there, err);
    folder_unref(&out.folder);
    return fine;
}

FILE *outfile_file(Outfile *out)
{
    return out->file;
}

void outfile_identify(Outfile *out, struct stat *found)
{
    if (fstat(fileno(out->file), found) != 0)
        *found = out->made;
}

/* Network file systems report a full disk at close. Closing a duplicate handle asks for
 * that report and keeps the lock. */
static bool ask_by_closing(int file)
{
    int other = fcntl(file, F_DUPFD_CLOEXEC, 0);
    return other < 0 ? fdatasync(file) == 0 : close(other) == 0;
}

bool outfile_flush(Outfile *out, Err *err)
{
    errno = EIO; /* an earlier error, whose errno is lost */
    if (fflush(out->file) == 0 && !ferror(out->file) &&
        ask_by_closing(fileno(out->file)))
        return true;
    return fail_errno(out, err);
}

bool outfile_set_times(Outfile *out, const struct stat *source, Err *err)
{
    const struct timespec times[] = {source->st_atim, source->st_mtim};
    return futimens(fileno(out->file), times) == 0 || fail_errno(out, err);
}

bool outfile_sync(Outfile *out, Err *err)
{
    if (fdatasync(fileno(out->file)) == 0 || errno == EINVAL || errno == ENOTSUP)
        return true;
    return fail_errno(out, err);
}

/* A file server that has done a request, but whose answer was lost, is asked again, and
 * says that the name is taken or that the temporary one is missing. Is the target this
 * file? */
static bool has_name(const Outfile *out)
{
    struct stat own, there;
    return fstat(fileno(out->file), &own) == 0 && own.st_ino &&
           fstatat(out->handle, out->name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
           there.st_dev == own.st_dev && there.st_ino == own.st_ino &&
           there.st_size == own.st_size;
}

/* For file systems without RENAME_NOREPLACE and hard links (exFAT): claim the name with
 * an empty file, which only one process can create, and replace that. */
static bool rename_over_placeholder(const Outfile *out)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int file = openat(out->handle, out->name, flags, 0600);
    if (file < 0)
        return false;
    close(file);
    if (renameat(out->handle, out->temp, out->handle, out->name) == 0)
        return true;
    int error = errno;
    if (!has_name(out))
        unlinkat(out->handle, out->name, 0);
    errno = error;
    return false;
}

/* Rename, but never replace. False: see errno. */
static bool rename_new(const Outfile *out)
{
    int folder = out->handle;
    if (renameat2(folder, out->temp, folder, out->name, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return false;
    if (linkat(folder, out->temp, folder, out->name, 0) == 0) {
        unlinkat(folder, out->temp, 0); /* else the next run does: the file is there */
        return true;
    }
    return errno != EEXIST && rename_over_placeholder(out);
}

/* Replace the file that check_target has allowed. */
static bool rename_over(const Outfile *out, const struct stat *there)
{
    if (S_ISREG(there->st_mode)) {
        const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
        int old = openat(out->handle, out->name, flags);
        permissions_keep(fileno(out->file), there, old);
        if (old >= 0)
            close(old);
    }
    return renameat(out->handle, out->temp, out->handle, out->name) == 0;
}

static bool fail_rename(const Outfile *out, Err *err)
{
    if (errno == EEXIST)
        return fail_exists(out, err);
    if (errno != ENOENT)
        return fail_errno(out, err);
    fail(out, err, "its folder or its temporary file was removed meanwhile");
    return err_code(err, ENOENT);
}

/* Give the file its name, in place of `there`. False: see errno. */
static bool rename_to(const Outfile *out, const struct stat *there)
{
    if (there->st_mode ? rename_over(out, there) : rename_new(out))
        return true;
    int error = errno;
    bool done = has_name(out);
    if (done)
        unlinkat(out->handle, out->temp, 0);
    errno = error;
    return done;
}

/* A file that appears between check and rename is checked too. */
static bool take_name(const Outfile *out, Err *err)
{
    for (int tries = 0; tries < TRIES; tries++) {
        struct stat there;
        if (!check_target(out, &there, err))
            return false;
        if (rename_to(out, &there))
            return true;
        if (there.st_mode || errno != EEXIST)
            return fail_rename(out, err);
    }
    return fail_exists(out, err);
}

bool outfile_commit(Outfile *out, Err *err)
{
    unlist(out);
    bool done = take_name(out, err);
    if (done) {
        mem_free(out->temp);
        out->temp = NULL;
    }
    outfile_abort(out);
    return done;
}

bool outfile_save(Outfile *out, Err *err)
{
    char *path = mem_dup(out->path);
    Folder *folder = folder_ref(out->folder);
    bool saved = outfile_flush(out, err) && outfile_sync(out, err);
    if (saved)
        saved =
            outfile_commit(out, err) && (folder_sync(folder, err) || err_in(err, path));
    else
        outfile_abort(out);
    folder_unref(&folder);
    mem_free(path);
    return saved;
}

void outfile_abort(Outfile *out)
{
    if (!out)
        return;
    unlist(out);
    if (out->temp)
        unlinkat(out->handle, out->temp, 0);
    if (out->file)
        fclose(out->file);
    folder_unref(&out->folder);
    mem_free(out->buffer);
    mem_free(out->temp);
    mem_free(out->path);
    mem_free(out);
}
