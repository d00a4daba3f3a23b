#include "base/watch/watch_folders.h"

#include <errno.h>
#include <limits.h>
#include <linux/magic.h>
#include <pthread.h>
#include <search.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/thread/thread.h"

enum {
    MOST_LINKS = 40, /* as the kernel follows */
    FILE_EVENTS = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE |
                  IN_MOVED_FROM | IN_MOVED_TO,
    FOLDER_EVENTS = IN_DELETE_SELF | IN_MOVE_SELF,
};

void watch_folders_init(WatchFolders *all)
{
    *all = (WatchFolders){.file = -1};
}

static void free_folder(WatchFolder *folder)
{
    for (int i = 0; i < folder->n_names; i++)
        mem_free(folder->names[i]);
    mem_free(folder->names);
    mem_free(folder->path);
    mem_free(folder);
}

/* The tree goes, its folders do not. */
static void keep(void *folder)
{
    (void)folder;
}

/* Also a copy of what was in *all. */
static void clear(WatchFolders *all)
{
    for (int i = 0; i < all->count; i++)
        free_folder(all->folders[i]);
    tdestroy(all->by_path, keep);
    mem_free(all->folders);
}

/* The kernel may take a second for it on a busy machine, so this is for the end. */
static void close_file(void *arg)
{
    int *file = arg;
    close(*file);
    mem_free(file);
}

/* Nobody waits for that: a thread does it, which nobody joins. */
static void close_aside(int file)
{
    Err err;
    pthread_t thread;
    int *copy = mem_new(1, sizeof *copy);
    *copy = file;
    if (thread_start_small(&thread, "lutist-close", close_file, copy, &err))
        pthread_detach(thread);
    else
        close_file(copy);
}

void watch_folders_term(WatchFolders *all)
{
    clear(all);
    name_set_clear(&all->told);
    if (all->file >= 0)
        close_aside(all->file);
    watch_folders_init(all);
}

/* The files by folder. */

static int compare(const void *a, const void *b)
{
    const WatchFolder *one = a, *other = b;
    return strcmp(one->path, other->path);
}

static WatchFolder *find_folder(WatchFolders *all, const char *path, size_t length)
{
    WatchFolder *folder = mem_new(1, sizeof *folder);
    folder->path = mem_printf("%.*s", (int)length, path);
    folder->number = -1;
    WatchFolder *const *found = mem_tsearch(folder, &all->by_path, compare);
    if (*found != folder) {
        free_folder(folder);
        return *found;
    }
    all->folders = mem_more(all->folders, (size_t)all->count, 1, sizeof(WatchFolder *));
    all->folders[all->count++] = folder;
    return folder;
}

static const char *name_in(const char *path)
{
    return strrchr(path, '/') + 1;
}

static void add_name(WatchFolders *all, const char *path)
{
    const char *name = name_in(path);
    WatchFolder *folder = find_folder(all, path, (size_t)(name - path));
    folder->names = mem_more(folder->names, (size_t)folder->n_names, 1, sizeof(char *));
    folder->names[folder->n_names++] = mem_dup(name);
}

/* New: what the symbolic link `path` leads to; NULL: it is none. */
static char *next_link(const char *path)
{
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof target);
    if (length < 1 || length == (ssize_t)sizeof target)
        return NULL;
    int folder = target[0] == '/' ? 0 : (int)(name_in(path) - path);
    return mem_printf("%.*s%.*s", folder, path, (int)length, target);
}

/* Follow the links up to a path that has been `seen`. */
static void add_file(WatchFolders *all, const char *path, NameSet *seen)
{
    char *at = mem_dup(path);
    for (int i = 0; at && strchr(at, '/') && i < MOST_LINKS && name_set_add(seen, at);
         i++) {
        add_name(all, at);
        char *next = next_link(at);
        mem_free(at);
        at = next;
    }
    mem_free(at);
}

/* Watching a folder. */

/* Do other machines write there, unseen by inotify? */
static bool is_shared(const char *path)
{
    static const uint32_t kinds[] = {
        NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC,
        V9FS_MAGIC,      AFS_SUPER_MAGIC, FUSE_SUPER_MAGIC};
    struct statfs info;
    if (statfs(path, &info) != 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((uint32_t)info.f_type == kinds[i])
            return true;
    return false;
}

static void poll_folder(WatchFolders *all, const char *path, const char *why)
{
    char *text =
        mem_printf("%s: %s: its files are looked at twice a second", path, why);
    all->polled = true;
    if (name_set_add(&all->told, text))
        log_debug("%s", text);
    mem_free(text);
}

static void watch_folder(WatchFolders *all, WatchFolder *folder)
{
    uint32_t events = FILE_EVENTS | FOLDER_EVENTS | IN_ONLYDIR;
    folder->number = inotify_add_watch(all->file, folder->path, events);
    if (folder->number < 0)
        poll_folder(all, folder->path, strerror(errno));
    else if (is_shared(folder->path))
        poll_folder(all, folder->path, "other machines may write there");
}

static void watch_each(WatchFolders *all)
{
    if (all->file < 0 && all->count)
        all->file = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (all->file < 0 && all->count)
        poll_folder(all, all->folders[0]->path, strerror(errno));
    for (int i = 0; all->file >= 0 && i < all->count; i++)
        watch_folder(all, all->folders[i]);
}

static bool has_number(const WatchFolders *all, int number)
{
    for (int i = 0; i < all->count; i++)
        if (all->folders[i]->number == number)
            return true;
    return false;
}

/* A folder that is watched on keeps its number. */
void watch_folders_set(WatchFolders *all, const WatchFiles *files)
{
    NameSet seen = {0};
    WatchFolders old = *all;
    *all = (WatchFolders){.file = old.file, .told = old.told};
    for (int i = 0; i < files->count; i++)
        add_file(all, files->files[i].path, &seen);
    name_set_clear(&seen);
    watch_folders_read(&old);
    watch_each(all);
    for (int i = 0; i < old.count; i++)
        if (old.folders[i]->number >= 0 && !has_number(all, old.folders[i]->number))
            inotify_rm_watch(all->file, old.folders[i]->number);
    clear(&old);
}

/* Events. */

/* The name "" stands for all: the folder itself is watched. */
static bool has_name(const WatchFolder *folder, const char *name)
{
    for (int i = 0; i < folder->n_names; i++)
        if (!folder->names[i][0] || strcmp(folder->names[i], name) == 0)
            return true;
    return false;
}

/* One number may stand for several folders: two paths to one. That of a folder which is
 * not watched any more may still come. */
static bool matters(const WatchFolders *all, const struct inotify_event *event)
{
    bool folder = event->mask & (IN_IGNORED | IN_UNMOUNT | FOLDER_EVENTS);
    if (event->mask & IN_Q_OVERFLOW)
        return true;
    for (int i = 0; i < all->count; i++)
        if (all->folders[i]->number == event->wd &&
            (folder || (event->len && has_name(all->folders[i], event->name))))
            return true;
    return false;
}

bool watch_folders_read(WatchFolders *all)
{
    _Alignas(struct inotify_event) char buffer[16384];
    bool any = false;
    ssize_t got;
    while (all->file >= 0 && (got = read(all->file, buffer, sizeof buffer)) > 0)
        for (char *at = buffer; at < buffer + got;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            any = matters(all, event) || any;
            at += sizeof *event + event->len;
        }
    return any;
}
