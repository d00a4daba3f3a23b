#include "viewer/load/picture_store.h"

#include <string.h>

#include "base/mem.h"
#include "image/disk_image.h"

/* The halved sizes take a third of the image. */
uint64_t picture_store_bytes(ImageInfo info)
{
    uint64_t bytes = (uint64_t)image_row_bytes(info) * (uint64_t)info.height;
    return bytes + bytes / 3;
}

void picture_store_init(PictureStore *store, uint64_t budget)
{
    *store = (PictureStore){.budget = budget};
    pthread_mutex_init(&store->lock, NULL);
}

static bool is_among(const char *path, char *const *paths, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(path, paths[i]) == 0)
            return true;
    return false;
}

/* With the lock held, as the functions that follow. Takes the reference. */
static void leave(PictureStore *store, Pyramid **pyramid)
{
    if (!*pyramid)
        return;
    store->leaving =
        mem_more(store->leaving, (size_t)store->n_leaving, 1, sizeof(Pyramid *));
    store->leaving[store->n_leaving++] = *pyramid;
    *pyramid = NULL;
}

static void drop(PictureStore *store, KeptPicture *kept)
{
    leave(store, &kept->pyramid);
    leave(store, &kept->rough);
    mem_free(kept->path);
    *kept = store->kept[--store->count];
}

static KeptPicture *find(PictureStore *store, const char *path)
{
    for (int i = 0; i < store->count; i++)
        if (strcmp(store->kept[i].path, path) == 0)
            return &store->kept[i];
    return NULL;
}

static KeptPicture *find_state(PictureStore *store, const char *path,
                               const FileStamp *stamp)
{
    KeptPicture *kept = find(store, path);
    return kept && memcmp(&kept->stamp, stamp, sizeof *stamp) == 0 ? kept : NULL;
}

static void keep_only(PictureStore *store, char *const *paths, int count)
{
    for (int i = store->count - 1; i >= 0; i--)
        if (!is_among(store->kept[i].path, paths, count))
            drop(store, &store->kept[i]);
}

/* The picture goes, and leaves a rough one. */
static void make_rough(PictureStore *store, KeptPicture *kept)
{
    kept->rough = pyramid_new_roughly(kept->pyramid, PYRAMID_ROUGH);
    if (kept->rough)
        leave(store, &kept->pyramid);
    else
        drop(store, kept);
}

/* One in temporary files has small sizes alone in memory. */
static uint64_t bytes_of(const Pyramid *pyramid)
{
    bool none = !pyramid || disk_image_is(pyramid_largest(pyramid));
    return none ? 0 : picture_store_bytes(pyramid_largest(pyramid)->info);
}

static bool has_room(const PictureStore *store, ImageInfo info)
{
    uint64_t used = picture_store_bytes(info);
    for (int i = 0; i < store->count; i++)
        used += bytes_of(store->kept[i].pyramid) + bytes_of(store->kept[i].rough);
    for (int i = 0; i < store->n_leaving; i++) /* the others are about to be freed */
        if (pyramid_is_shared(store->leaving[i]))
            used += bytes_of(store->leaving[i]);
    return used <= store->budget;
}

static bool has_layout(const Pyramid *pyramid, const ImageInfo *info)
{
    ImageInfo own = pyramid_info(pyramid);
    return memcmp(&own, info, sizeof own) == 0 && pyramid_image(pyramid) &&
           !disk_image_is(pyramid_largest(pyramid));
}

/* A leaving picture that nobody else holds, in memory and of a layout unless `info` is
 * NULL; NULL: there is none. */
static Pyramid *take_leaving(PictureStore *store, const ImageInfo *info)
{
    for (int i = 0; i < store->n_leaving; i++) {
        Pyramid *pyramid = store->leaving[i];
        if (pyramid_is_shared(pyramid) || (info && !has_layout(pyramid, info)))
            continue;
        store->leaving[i] = store->leaving[--store->n_leaving];
        return pyramid;
    }
    return NULL;
}

/* Any thread. */

Pyramid *picture_store_find(PictureStore *store, const char *path, FileStamp stamp,
                            bool *known)
{
    pthread_mutex_lock(&store->lock);
    const KeptPicture *kept = find_state(store, path, &stamp);
    *known = kept && !kept->rough;
    Pyramid *found = kept && kept->pyramid ? pyramid_ref(kept->pyramid) : NULL;
    pthread_mutex_unlock(&store->lock);
    return found;
}

Pyramid *picture_store_find_rough(PictureStore *store, const char *path,
                                  FileStamp stamp)
{
    pthread_mutex_lock(&store->lock);
    const KeptPicture *kept = find_state(store, path, &stamp);
    Pyramid *found = kept && kept->rough ? pyramid_ref(kept->rough) : NULL;
    pthread_mutex_unlock(&store->lock);
    return found;
}

void picture_store_only(PictureStore *store, char *const *paths, int count)
{
    pthread_mutex_lock(&store->lock);
    keep_only(store, paths, count);
    pthread_mutex_unlock(&store->lock);
}

static bool may_go(const KeptPicture *kept, char *const *paths, int count)
{
    return kept->pyramid && !pyramid_is_shared(kept->pyramid) &&
           !is_among(kept->path, paths, count);
}

bool picture_store_make_room(PictureStore *store, ImageInfo info, char *const *paths,
                             int count)
{
    bool fits = picture_store_bytes(info) <= store->budget;
    pthread_mutex_lock(&store->lock);
    for (int i = store->count - 1; fits && i >= 0 && !has_room(store, info); i--)
        if (may_go(&store->kept[i], paths, count))
            make_rough(store, &store->kept[i]);
    fits = has_room(store, info);
    pthread_mutex_unlock(&store->lock);
    return fits;
}

void picture_store_keep(PictureStore *store, const char *path, FileStamp stamp,
                        Pyramid *pyramid)
{
    pthread_mutex_lock(&store->lock);
    KeptPicture *old = find(store, path);
    if (old)
        drop(store, old);
    REQUIRE(store->count < PICTURE_STORE_MOST);
    KeptPicture *kept = &store->kept[store->count++];
    *kept = (KeptPicture){.path = mem_dup(path), .stamp = stamp};
    if (pyramid)
        *(pyramid_image(pyramid) ? &kept->pyramid : &kept->rough) =
            pyramid_ref(pyramid);
    pthread_mutex_unlock(&store->lock);
}

Pyramid *picture_store_take_spare(PictureStore *store, ImageInfo info)
{
    pthread_mutex_lock(&store->lock);
    Pyramid *spare = take_leaving(store, &info);
    pthread_mutex_unlock(&store->lock);
    return spare;
}

bool picture_store_sweep(PictureStore *store)
{
    bool any;
    Pyramid *gone;
    do {
        pthread_mutex_lock(&store->lock);
        gone = take_leaving(store, NULL);
        any = store->n_leaving > 0;
        pthread_mutex_unlock(&store->lock);
        pyramid_unref(&gone);
    } while (gone);
    return any;
}

void picture_store_term(PictureStore *store)
{
    keep_only(store, NULL, 0);
    for (int i = 0; i < store->n_leaving; i++)
        pyramid_unref(&store->leaving[i]);
    mem_free(store->leaving);
    pthread_mutex_destroy(&store->lock);
    *store = (PictureStore){0};
}
