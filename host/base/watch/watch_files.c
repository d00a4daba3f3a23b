#include "base/watch/watch_files.h"

#include <sys/stat.h>

#include "base/mem.h"

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

FileStamp watch_files_stamp(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return (FileStamp){0};
    return (FileStamp){.device = (int64_t)info.st_dev,
                       .inode = (int64_t)info.st_ino,
                       .size = info.st_size,
                       .modified_ns = nanoseconds(info.st_mtim),
                       .changed_ns = nanoseconds(info.st_ctim)};
}

static bool is_same(const FileStamp *a, const FileStamp *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->modified_ns == b->modified_ns && a->changed_ns == b->changed_ns;
}

void watch_files_add(WatchFiles *list, const char *path, FileStamp stamp)
{
    if (!name_set_add(&list->paths, path))
        return;
    list->files = mem_more(list->files, (size_t)list->count, 1, sizeof *list->files);
    list->files[list->count++] = (WatchFile){mem_dup(path), stamp};
}

void watch_files_add_all(WatchFiles *list, const WatchFiles *more)
{
    for (int i = 0; i < more->count; i++)
        watch_files_add(list, more->files[i].path, more->files[i].stamp);
}

void watch_files_clear(WatchFiles *list)
{
    for (int i = 0; i < list->count; i++)
        mem_free(list->files[i].path);
    mem_free(list->files);
    name_set_clear(&list->paths);
    *list = (WatchFiles){0};
}

bool watch_files_differ(const WatchFiles *list)
{
    for (int i = 0; i < list->count; i++) {
        FileStamp now = watch_files_stamp(list->files[i].path);
        if (!is_same(&now, &list->files[i].stamp))
            return true;
    }
    return false;
}

bool watch_files_refresh(WatchFiles *list)
{
    bool differed = watch_files_differ(list);
    for (int i = 0; i < list->count; i++)
        list->files[i].stamp = watch_files_stamp(list->files[i].path);
    return differed;
}
