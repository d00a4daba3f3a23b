#include "batch/folders.h"

#include <pthread.h>
#include <search.h>
#include <string.h>

#include "base/mem.h"
#include "base/tempname.h"

/* What is known of a folder from its first opening on. */
typedef struct Place {
    char *path; /* owned */
    dev_t device;
    ino_t inode;
    Folder *folder; /* owned; NULL: closed for now */
} Place;

struct Folders {
    bool sync; /* immutable */
    pthread_mutex_t lock;
    /* guarded by lock */
    void *tree;   /* of owned Place, by path */
    Place **open; /* those with a folder, the one used last in front */
    int count, room;
    Err err; /* the first failure of a sync */
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

Folders *folders_new(bool sync)
{
    Folders *folders = mem_new(1, sizeof *folders);
    folders->sync = sync;
    pthread_mutex_init(&folders->lock, NULL);
    return folders;
}

void folders_free(Folders *folders)
{
    if (!folders)
        return;
    tdestroy(folders->tree, free_place);
    pthread_mutex_destroy(&folders->lock);
    mem_free(folders->open);
    mem_free(folders);
}

static void sync_one(Folders *folders, const Folder *folder)
{
    Err err = {0};
    if (folders->sync && !folder_sync(folder, &err) && !folders->err.kind)
        folders->err = err;
}

/* Close those that nobody has used for long, down to what may be kept. A folder in use
 * waits for its next turn, and the first has just been asked for. */
static void close_idle(Folders *folders)
{
    for (int i = folders->count - 1; i > 0 && folders->count > FOLDERS_KEPT; i--) {
        Place *place = folders->open[i];
        if (folder_is_shared(place->folder))
            continue;
        sync_one(folders, place->folder);
        folder_unref(&place->folder);
        folders->count--;
        memmove(&folders->open[i], &folders->open[i + 1],
                (size_t)(folders->count - i) * sizeof(Place *));
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

static Place *add(Folders *folders, const char *path, const struct stat *found)
{
    Place *place = mem_new(1, sizeof *place);
    *place = (Place){mem_dup(path), found->st_dev, found->st_ino, NULL};
    REQUIRE(tsearch(place, &folders->tree, compare));
    return place;
}

/* `place` is NULL for a folder that is new to this run. */
static Place *open_place(Folders *folders, Place *place, const char *path, Err *err)
{
    Folder *folder = folder_open(path, true, err);
    if (!folder)
        return NULL;
    struct stat found;
    folder_identify(folder, &found);
    if (!place) {
        tempname_clean(folder_handle(folder));
        place = add(folders, path, &found);
    } else if (found.st_dev != place->device || found.st_ino != place->inode) {
        folder_unref(&folder);
        err_set(err, ERR_FILE, "the folder %s was replaced by another meanwhile", path);
        return NULL;
    }
    place->folder = folder;
    push_front(folders, place);
    close_idle(folders);
    return place;
}

Folder *folders_get(Folders *folders, const char *path, Err *err)
{
    pthread_mutex_lock(&folders->lock);
    Place *place = find(folders, path);
    if (place && place->folder)
        move_to_front(folders, place);
    else
        place = open_place(folders, place, path, err);
    Folder *folder = place ? folder_ref(place->folder) : NULL;
    pthread_mutex_unlock(&folders->lock);
    return folder;
}

bool folders_sync(Folders *folders, Err *err)
{
    pthread_mutex_lock(&folders->lock);
    for (int i = 0; i < folders->count; i++)
        sync_one(folders, folders->open[i]->folder);
    Err first = folders->err;
    pthread_mutex_unlock(&folders->lock);
    if (first.kind && err)
        *err = first;
    return !first.kind;
}
