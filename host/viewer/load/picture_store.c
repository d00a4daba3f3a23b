#include "viewer/load/picture_store.h"

#include <string.h>

#include "base/mem.h"

/* The halved sizes take a third of the image. */
uint64_t picture_store_bytes(ImageInfo info)
{
    uint64_t bytes = (uint64_t)image_row_bytes(info) * (uint64_t)info.height;
    return bytes + bytes / 3;
}

static KeptPicture *find(const PictureStore *store, const char *path)
{
    for (int i = 0; i < store->count; i++)
        if (strcmp(store->kept[i].path, path) == 0)
            return (KeptPicture *)&store->kept[i];
    return NULL;
}

Pyramid *picture_store_find(const PictureStore *store, const char *path,
                            FileStamp stamp, bool *known)
{
    const KeptPicture *kept = find(store, path);
    *known = kept && memcmp(&kept->stamp, &stamp, sizeof stamp) == 0;
    return *known ? kept->pyramid : NULL;
}

static void drop(PictureStore *store, KeptPicture *kept)
{
    if (kept->pyramid) {
        store->leaving =
            mem_more(store->leaving, (size_t)store->n_leaving, 1, sizeof(Pyramid *));
        store->leaving[store->n_leaving++] = kept->pyramid;
    }
    mem_free(kept->path);
    *kept = store->kept[--store->count];
}

static bool is_among(const char *path, char *const *paths, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(path, paths[i]) == 0)
            return true;
    return false;
}

void picture_store_only(PictureStore *store, char *const *paths, int count)
{
    for (int i = store->count - 1; i >= 0; i--)
        if (!is_among(store->kept[i].path, paths, count))
            drop(store, &store->kept[i]);
}

bool picture_store_has_room(const PictureStore *store, ImageInfo info)
{
    uint64_t used = picture_store_bytes(info);
    for (int i = 0; i < store->count; i++)
        if (store->kept[i].pyramid)
            used += picture_store_bytes(pyramid_info(store->kept[i].pyramid));
    return used <= store->budget;
}

void picture_store_keep(PictureStore *store, const char *path, FileStamp stamp,
                        Pyramid *pyramid)
{
    KeptPicture *old = find(store, path);
    if (old)
        drop(store, old);
    REQUIRE(store->count < PICTURE_STORE_MOST);
    store->kept[store->count++] =
        (KeptPicture){mem_dup(path), stamp, pyramid ? pyramid_ref(pyramid) : NULL};
}

Pyramid *picture_store_take_leaving(PictureStore *store)
{
    for (int i = 0; i < store->n_leaving; i++) {
        Pyramid *pyramid = store->leaving[i];
        if (pyramid_is_shared(pyramid))
            continue;
        store->leaving[i] = store->leaving[--store->n_leaving];
        return pyramid;
    }
    return NULL;
}

void picture_store_term(PictureStore *store)
{
    picture_store_only(store, NULL, 0);
    for (int i = 0; i < store->n_leaving; i++)
        pyramid_unref(&store->leaving[i]);
    mem_free(store->leaving);
    *store = (PictureStore){0};
}
