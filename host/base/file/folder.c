#include "base/file/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

struct Folder {
    /* immutable after open */
    char *path; /* for messages */
    int handle;
    int made; /* how many folders were made: this one and its parents */
    struct stat opened;
    /* atomic */
    atomic_int refs;
};

/* False: see errno. */
static bool is_folder(const char *path)
{
    struct stat found;
    if (stat(path, &found) != 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(found.st_mode);
}

/* Make `path` and its missing parents; *made counts them. False: see errno. */
static bool make(const char *path, mode_t mode, int *made)
{
    if (is_folder(path))
        return true;
    if (errno == ENAMETOOLONG)
        return false;
    if (strcmp(path_name(path), "..") == 0) {
        errno = ENOENT; /* "a/.." is resolved before a exists */
        return false;
    }
    char *parent = path_dir(path);
    bool fine = strcmp(parent, path) == 0 || make(parent, mode, made);
    mem_free(parent);
    if (!fine)
        return false;
    if (mkdir(path, mode) == 0) {
        ++*made;
        return true;
    }
    if (errno != EEXIST)
        return false;
    if (is_folder(path))
        return true; /* another thread was faster */
    errno = ENOTDIR;
    return false;
}

/* A folder without read permission opens as O_PATH only. */
static int open_handle(const char *path)
{
    const int flags = O_DIRECTORY | O_CLOEXEC;
    int handle = open(path, flags | O_RDONLY);
    if (handle < 0 && errno == EACCES)
        handle = open(path, flags | O_PATH);
    return handle;
}

static bool fail(const char *path, int code, Err *err)
{
    struct stat found;
    if (code == ENOTDIR)
        err_set(err, ERR_FILE, "%s is not a folder", path);
    else if (code == ENOENT && lstat(path, &found) == 0)
        err_set(err, ERR_FILE,
                "%s is a broken link; make the folder it leads to, or remove it", path);
    else if (code == ENOENT)
        err_set(err, ERR_FILE, "the folder %s does not exist", path);
    else
        err_set_errno(err, ERR_FILE, code, "the folder %s cannot be opened", path);
    return err_code(err, code);
}

/* After errno `code` for `at`: does a parent tell the reason? */
static bool is_missing(const char *at, int code)
{
    struct stat found;
    return (code == ENOENT || code == ENOTDIR) && lstat(at, &found) != 0 &&
           strcmp(at, ".") != 0;
}

/* New string: the deepest existing folder on the way to `path`. NULL: something else is
 * in the way, which *err names. */
static char *find_there(const char *path, Err *err)
{
    struct stat found;
    char *at = mem_dup(path);
    int code;
    while ((code = stat(at, &found) == 0 ? 0 : errno) && is_missing(at, code)) {
        char *parent = path_dir(at);
        mem_free(at);
        at = parent;
    }
    if (!code && S_ISDIR(found.st_mode))
        return at;
    fail(at, code ? code : ENOTDIR, err);
    mem_free(at);
    return NULL;
}

/* Does the file system of the folder `there` accept the names between the slashes? */
static bool names_fit(const char *there, const char *names, Err *err)
{
    bool fit = true;
    while (fit && *names) {
        struct stat found;
        names += strspn(names, "/");
        int length = (int)strcspn(names, "/");
        char *path = mem_printf("%s/%.*s", there, length, names);
        fit = lstat(path, &found) == 0 || errno != ENAMETOOLONG;
        mem_free(path);
        names += length;
    }
    return fit || err_set_errno(err, ERR_FILE, ENAMETOOLONG, "%s", "");
}

static bool may_write(const char *path, Err *err)
{
    if (faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0 ||
        (errno != EACCES && errno != EPERM && errno != EROFS))
        return true;
    return err_set_errno(err, ERR_FILE, errno, "the folder %s cannot be written", path);
}

static bool check_folder(const char *path, const char *there, bool for_file, Err *err)
{
    size_t length = strlen(there);
    const char *missing = strncmp(path, there, length) == 0 ? path + length : path;
    bool complete = strcmp(there, path) == 0;
    return names_fit(there, missing, err) &&
           ((complete && !for_file) || may_write(there, err));
}

static void keep(FolderCheck *last, const char *path, const char *there, size_t fits)
{
    folder_check_term(last);
    *last = (FolderCheck){mem_dup(path), mem_dup(there), fits};
}

static bool fits_too(FolderCheck *last, const char *name, Err *err)
{
    size_t length = strlen(name);
    if (length <= last->fits)
        return true;
    if (!names_fit(last->there, name, err))
        return false;
    last->fits = length;
    return true;
}

bool folder_check(const char *path, const char *name, FolderCheck *last, Err *err)
{
    if (last && last->path && name && strcmp(last->path, path) == 0)
        return fits_too(last, name, err);
    char *there = find_there(path, err);
    bool fine = there && check_folder(path, there, name, err) &&
                (!name || names_fit(there, name, err));
    if (fine && name && last)
        keep(last, path, there, strlen(name));
    mem_free(there);
    return fine;
}

void folder_check_term(FolderCheck *last)
{
    mem_free(last->path);
    mem_free(last->there);
    *last = (FolderCheck){0};
}

static bool fail_make(const char *path, int code, Err *err)
{
    char *there = find_there(path, err);
    if (there)
        err_set_errno(err, ERR_FILE, code, "the folder %s cannot be created", path);
    mem_free(there);
    return false;
}

Folder *folder_open(const char *path, bool with_make, Err *err)
{
    int made = 0;
    if (with_make && !make(path, 0777, &made)) {
        fail_make(path, errno, err);
        return NULL;
    }
    struct stat opened;
    int handle = open_handle(path);
    if (handle < 0 || fstat(handle, &opened) != 0) {
        fail(path, errno, err);
        if (handle >= 0)
            close(handle);
        return NULL;
    }
    Folder *folder = mem_new(1, sizeof *folder);
    folder->path = mem_dup(path);
    folder->handle = handle;
    folder->made = made;
    folder->opened = opened;
    atomic_init(&folder->refs, 1);
    return folder;
}

char *folder_working(void)
{
    char path[PATH_MAX];
    return mem_dup(getcwd(path, sizeof path) ? path : "");
}

bool folder_make_own(const char *path, Err *err)
{
    int made = 0;
    return make(path, 0700, &made) || fail_make(path, errno, err);
}

Folder *folder_ref(Folder *folder)
{
    atomic_fetch_add(&folder->refs, 1);
    return folder;
}

void folder_unref(Folder **folder)
{
    Folder *old = *folder;
    *folder = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    close(old->handle);
    mem_free(old->path);
    mem_free(old);
}

bool folder_is_shared(const Folder *folder)
{
    return atomic_load(&folder->refs) > 1;
}

int folder_handle(const Folder *folder)
{
    return folder->handle;
}

void folder_identify(const Folder *folder, struct stat *found)
{
    if (fstat(folder->handle, found) != 0)
        *found = folder->opened;
}

/* FAT, FUSE, network file systems and an O_PATH handle may have no fsync of folders. */
static bool sync_handle(int handle)
{
    return fsync(handle) == 0 || errno == EINVAL || errno == ENOTSUP ||
           errno == ENOSYS || errno == EBADF;
}

bool folder_sync(const Folder *folder, Err *err)
{
    int handle = folder->handle;
    bool fine = sync_handle(handle);
    for (int up = 0; fine && up < folder->made; up++) {
        int parent = openat(handle, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        fine = parent < 0 || sync_handle(parent);
        if (handle != folder->handle)
            close(handle);
        handle = parent;
    }
    if (!fine)
        err_set_errno(err, ERR_FILE, errno, "the folder %s", folder->path);
    if (handle != folder->handle)
        close(handle);
    return fine;
}
