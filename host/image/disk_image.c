#include "image/disk_image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file/folder.h"
#include "base/mem.h"
#include "base/path.h"

/* Of an image that is gone through row by row: touched at a time. */
enum { STEP_BYTES = 4 << 20 };

/* New: the folder for temporary files, made if it is missing. */
static char *folder_of_cache(void)
{
    const char *given = getenv("TMPDIR");
    if (given && given[0] == '/')
        return mem_dup(given);
    char *own = path_own(PATH_CACHE, NULL);
    if (own)
        folder_make_own(own, NULL); /* opening a file in it tells of a failure */
    return own ? own : mem_dup("/var/tmp");
}

/* Some file systems have no files without a name. */
static int open_nameless(const char *folder)
{
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return file;
    char *name = mem_printf("%s/lutist-XXXXXX", folder);
    file = mkostemp(name, O_CLOEXEC);
    if (file >= 0)
        unlink(name);
    mem_free(name);
    return file;
}

static double gigabytes(uint64_t bytes)
{
    return (double)bytes / 1e9;
}

static bool fail_full(const char *folder, size_t size, Err *err)
{
    struct statvfs disk;
    uint64_t left =
        statvfs(folder, &disk) == 0 ? (uint64_t)disk.f_bavail * disk.f_frsize : 0;
    return err_set(err, ERR_FILE,
                   "%s has no room for %.1f GB of pixels (%.1f GB are left); free some "
                   "or set TMPDIR to another folder",
                   folder, gigabytes(size), gigabytes(left));
}

/* The place is reserved now: a full disk would be a SIGBUS later. */
static bool reserve(int file, const char *folder, size_t size, Err *err)
{
    int failed = posix_fallocate(file, 0, (off_t)size);
    if (failed == ENOSPC || failed == EFBIG || failed == EDQUOT)
        return fail_full(folder, size, err);
    return failed == 0 || err_set_errno(err, ERR_FILE, failed, "%s", folder);
}

static uint8_t *map_new(const char *folder, size_t size, Err *err)
{
    int file = open_nameless(folder);
    if (file < 0) {
        err_set_errno(err, ERR_FILE, errno, "%s: no temporary file can be made",
                      folder);
        return NULL;
    }
    void *data = MAP_FAILED;
    if (reserve(file, folder, size, err)) {
        data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (data == MAP_FAILED)
            err_set(err, ERR_MEMORY, "out of memory");
    }
    close(file);
    return data == MAP_FAILED ? NULL : data;
}

Image *disk_image_new(ImageInfo info, Err *err)
{
    size_t size = image_memory(info);
    if (size == SIZE_MAX) {
        err_set(err, ERR_MEMORY, "out of memory");
        return NULL;
    }
    char *folder = folder_of_cache();
    uint8_t *data = map_new(folder, size, err);
    mem_free(folder);
    return image_new_at(info, data, size);
}

Image *disk_image_or_memory(ImageInfo info, bool disk, Err *err)
{
    return disk ? disk_image_new(info, err) : image_new(info, err);
}

int disk_image_rows(const Image *image, int y)
{
    int left = image->info.height - y;
    int step = image->mapped ? (int)(STEP_BYTES / image->stride) + 1 : left;
    return step < left ? step : left;
}

void disk_image_forget(const Image *image, int y, int rows)
{
    if (!image->mapped || rows <= 0)
        return;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t from = (size_t)y * image->stride / page * page;
    size_t to = (size_t)(y + rows) * image->stride;
    to = (to < image->mapped ? to : image->mapped) + page - 1;
    madvise(image->data + from, (to - from) / page * page, MADV_DONTNEED);
}
