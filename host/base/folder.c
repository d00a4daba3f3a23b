#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

struct Folder {
    /* immutable after open */
    char *path; /* for messages */
    int handle;
    int made; /* folders that were made: this one, and so many less one above it */
    /* atomic */
    atomic_int refs;
};

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* Make `path` and those above it; *made counts. False: errno says why. */
static bool make(const char *path, int *made)
{
    if (is_folder(path))
        return true;
    if (strcmp(path_name(path), "..") == 0) {
        errno = ENOENT; /* of what? Made first, it would be another place */
        return false;
    }
    char *parent = path_dir(path);
    bool fine = strcmp(parent, path) == 0 || make(parent, made);
    mem_free(parent);
    if (!fine)
        return false;
    if (mkdir(path, 0777) == 0) {
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

/* A folder that may be written but not listed opens as a mere place (O_PATH). */
static int open_handle(const char *path)
{
    const int flags = O_DIRECTORY | O_CLOEXEC;
    int handle = open(path, flags | O_RDONLY);
    if (handle < 0 && errno == EACCES)
        handle = open(path, flags | O_PATH);
    return handle;
}

static void *fail(const char *path, bool making, Err *err)
{
    const int code = errno;
    if (making)
        err_set_errno(err, ERR_FILE, code, "the folder %s cannot be made", path);
    else if (code == ENOENT)
        err_set(err, ERR_FILE, "the folder %s does not exist", path);
    else if (code == ENOTDIR)
        err_set(err, ERR_FILE, "%s is not a folder", path);
    else
        err_set_errno(err, ERR_FILE, code, "the folder %s cannot be opened", path);
    err_code(err, code);
    return NULL;
}

Folder *folder_open(const char *path, bool with_make, Err *err)
{
    int made = 0;
    if (with_make && !make(path, &made))
        return fail(path, true, err);
    int handle = open_handle(path);
    if (handle < 0)
        return fail(path, false, err);
    Folder *folder = mem_new(1, sizeof *folder);
    folder->path = mem_dup(path);
    folder->handle = handle;
    folder->made = made;
    atomic_init(&folder->refs, 1);
    return folder;
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
    REQUIRE(fstat(folder->handle, found) == 0);
}

/* FAT, FUSE, network file systems, and a mere place, may have no fsync of folders. */
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
