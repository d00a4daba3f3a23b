#include "batch/file/folders.h"

#include <errno.h>
#include <pthread.h>
#include <search.h>
#include <string.h>

#include "base/file/tempname.h"
#include "base/mem.h"
#include "base/path.h"

/* A folder that was opened, or a parent of one. */
typedef struct Place {
    char *path;   /* owned */
    bool seen;    /* it existed: if it is missing now, it is not made again */
    bool opening; /* a thread opens or syncs it without the lock */
    bool opened;  /* device and inode are known */
    dev_t device;
    ino_t inode;
    Folder *folder; /* owned; NULL: closed for now */
} Place;

struct Folders {
    /* immutable */
    bool sync;
    Claims *claims; /* borrowed */
    pthread_mutex_t lock;
    pthread_cond_t changed; /* signalled when a folder was opened or could not be */
    /* guarded by lock */
    void *tree;   /* of owned Place, by path */
    Place **open; /* those with a handle, the most recently used first */
    int count, room;
    Err err; /* the first failed sync */
};

static int compare(const void *a, const void *b)
{
    return strcmp(((const Place *)a)->path, ((const Place *)b)->path);
}

static void free_place(void *item)
{
    Place *place = item;
    folder_unref(&place->folder);
    mem_free(place->path);
    mem_free(place);
}

Folders *folders_new(bool sync, Claims *claims)
{
    Folders *folders = mem_new(1, sizeof *folders);
    folders->sync = sync;
    folders->claims = claims;
    pthread_mutex_init(&folders->lock, NULL);
    pthread_cond_init(&folders->changed, NULL);
    return folders;
}

void folders_free(Folders *folders)
{
    if (!folders)
        return;
    tdestroy(folders->tree, free_place);
    pthread_mutex_destroy(&folders->lock);
    pthread_cond_destroy(&folders->changed);
    mem_free(folders->open);
    mem_free(folders);
}

/* The least recently used folder, if more are open than are kept; it is the caller's
 * then. NULL: none. */
static Folder *take_idle(Folders *folders)
{
    for (int i = folders->count - 1; i > 0 && folders->count > FOLDERS_KEPT; i--) {
        Place *place = folders->open[i];
        Folder *idle = place->folder;
        if (folder_is_shared(idle))
            continue;
        place->folder = NULL;
        folders->count--;
        memmove(&folders->open[i], &folders->open[i + 1],
                (size_t)(folders->count - i) * sizeof(Place *));
        return idle;
    }
    return NULL;
}

static void note_failure(Folders *folders, const Err *err)
{
    if (err->kind && !folders->err.kind)
        folders->err = *err;
}

/* With the lock held, which is released while the disk is waited for. */
static void close_idle(Folders *folders)
{
    for (Folder *idle; (idle = take_idle(folders));) {
        Err err = {0};
        pthread_mutex_unlock(&folders->lock);
        if (folders->sync)
            folder_sync(idle, &err);
        folder_unref(&idle);
        pthread_mutex_lock(&folders->lock);
        note_failure(folders, &err);
    }
}

static void push_front(Folders *folders, Place *place)
{
    if (folders->count == folders->room) {
        folders->room = folders->room ? folders->room * 2 : 16;
        folders->open = mem_grow(folders->open, (size_t)folders->room, sizeof(Place *));
    }
    memmove(folders->open + 1, folders->open, (size_t)folders->count * sizeof(Place *));
    folders->open[0] = place;
    folders->count++;
}

static void move_to_front(Folders *folders, Place *place)
{
    int at = 0;
    while (folders->open[at] != place)
        at++;
    memmove(folders->open + 1, folders->open, (size_t)at * sizeof(Place *));
    folders->open[0] = place;
}

static Place *find(Folders *folders, const char *path)
{
    Place key = {.path = (char *)path};
    Place **found = tfind(&key, &folders->tree, compare);
    return found ? *found : NULL;
}

static Place *find_or_add(Folders *folders, const char *path)
{
    Place *place = find(folders, path);
    if (place)
        return place;
    place = mem_new(1, sizeof *place);
    place->path = mem_dup(path);
    mem_tsearch(place, &folders->tree, compare);
    return place;
}

/* New string: the deepest parent of `path` that existed before; NULL: none. */
static char *seen_above(Folders *folders, const char *path)
{
    char *at = path_dir(path);
    for (Place *place; !(place = find(folders, at)) || !place->seen;) {
        char *parent = path_dir(at);
        bool top = strcmp(parent, at) == 0;
        mem_free(at);
        if (top) {
            mem_free(parent);
            return NULL;
        }
        at = parent;
    }
    return at;
}

static void note_seen(Folders *folders, Place *place)
{
    while (!place->seen) {
        place->seen = true;
        char *parent = path_dir(place->path);
        place = find_or_add(folders, parent);
        mem_free(parent);
    }
}

static bool is_there(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0;
}

/* `seen` (or NULL) is the deepest folder on the way that existed before: the folder
 * itself or a parent. */
static Folder *open_folder(const char *path, const char *seen, Err *err)
{
    bool make = !seen || (strcmp(seen, path) != 0 && is_there(seen));
    Folder *folder = folder_open(path, make, err);
    if (!folder && !make && err && err->code == ENOENT)
        err_set(err, ERR_FILE,
                "the folder %s was moved or removed during the run; it is not created "
                "again",
                seen);
    return folder;
}

/* Is it still the folder that was opened first? */
static bool is_same(Place *place, const Folder *folder, Err *err)
{
    struct stat found;
    folder_identify(folder, &found);
    if (!place->opened) {
        place->opened = true;
        place->device = found.st_dev;
        place->inode = found.st_ino;
    }
    return (found.st_dev == place->device && found.st_ino == place->inode) ||
           err_set(err, ERR_FILE,
                   "the folder %s was replaced by another during the run", place->path);
}

/* With the lock held, which is released while the folder is opened: it may be on a slow
 * network. */
static void open_place(Folders *folders, Place *place, Err *err)
{
    bool first = !place->opened;
    char *seen = place->seen ? mem_dup(place->path) : seen_above(folders, place->path);
    place->opening = true;
    pthread_mutex_unlock(&folders->lock);
    Folder *folder = open_folder(place->path, seen, err);
    if (folder && first)
        tempname_clean(folder_handle(folder), claims_keep, folders->claims);
    pthread_mutex_lock(&folders->lock);
    place->opening = false;
    if (folder && is_same(place, folder, err)) {
        place->folder = folder;
        note_seen(folders, place);
        push_front(folders, place);
    } else {
        folder_unref(&folder);
    }
    pthread_cond_broadcast(&folders->changed);
    mem_free(seen);
}

Folder *folders_get(Folders *folders, const char *path, Err *err)
{
    pthread_mutex_lock(&folders->lock);
    Place *place = find_or_add(folders, path);
    while (place->opening)
        pthread_cond_wait(&folders->changed, &folders->lock);
    if (place->folder)
        move_to_front(folders, place);
    else
        open_place(folders, place, err);
    Folder *folder = place->folder ? folder_ref(place->folder) : NULL;
    close_idle(folders);
    pthread_mutex_unlock(&folders->lock);
    return folder;
}

bool folders_sync(Folders *folders, Err *err)
{
    pthread_mutex_lock(&folders->lock);
    for (int i = 0; folders->sync && i < folders->count; i++) {
        Err failure = {0};
        folder_sync(folders->open[i]->folder, &failure);
        note_failure(folders, &failure);
    }
    Err first = folders->err;
    pthread_mutex_unlock(&folders->lock);
    if (first.kind && err)
        *err = first;
    return !first.kind;
}
