#include "pipe/cube/cube_points.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"

enum { KEPT = 2 };

struct CubeShelf {
    size_t most; /* bytes of what is kept; immutable */
    pthread_mutex_t lock;
    CubePoints *kept[KEPT]; /* references, the newest first; NULL: none */
};

static CubePoints *ref(CubePoints *points)
{
    atomic_fetch_add(&points->refs, 1);
    return points;
}

void cube_points_unref(CubePoints **points)
{
    CubePoints *old = *points;
    *points = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    mem_free(old->data);
    mem_free(old);
}

static bool is_same(const CubePointsKey *a, const CubePointsKey *b)
{
    for (int i = 0; i < CUBE_POINTS_KEY; i++)
        if (a->number[i] != b->number[i])
            return false;
    return true;
}

static CubePoints *find(CubeShelf *shelf, const CubePointsKey *key)
{
    CubePoints *found = NULL;
    pthread_mutex_lock(&shelf->lock);
    for (int i = 0; i < KEPT && !found; i++)
        if (shelf->kept[i] && is_same(&shelf->kept[i]->key, key))
            found = ref(shelf->kept[i]);
    pthread_mutex_unlock(&shelf->lock);
    return found;
}

/* The oldest ones that are too many go, once the lock is free. */
static void keep(CubeShelf *shelf, CubePoints *points)
{
    CubePoints *gone[KEPT] = {NULL};
    size_t bytes = points->bytes;
    if (bytes > shelf->most)
        return;
    pthread_mutex_lock(&shelf->lock);
    gone[KEPT - 1] = shelf->kept[KEPT - 1];
    memmove(shelf->kept + 1, shelf->kept, (KEPT - 1) * sizeof(CubePoints *));
    shelf->kept[0] = ref(points);
    for (int i = 1; i < KEPT; i++) {
        bytes += shelf->kept[i] ? shelf->kept[i]->bytes : 0;
        if (bytes > shelf->most) {
            gone[i - 1] = shelf->kept[i];
            shelf->kept[i] = NULL;
        }
    }
    pthread_mutex_unlock(&shelf->lock);
    for (int i = 0; i < KEPT; i++)
        cube_points_unref(&gone[i]);
}

static CubePoints *points_new(const CubePointsKey *key, size_t bytes, Err *err)
{
    void *data = mem_alloc(bytes, err);
    if (!data)
        return NULL;
    CubePoints *points = mem_new(1, sizeof *points);
    *points = (CubePoints){.key = *key, .data = data, .bytes = bytes};
    atomic_init(&points->refs, 1);
    return points;
}

CubePoints *cube_points_get(CubeShelf *shelf, const CubePointsKey *key, size_t bytes,
                            cube_points_fn fill, const void *context, Err *err)
{
    CubePoints *points = find(shelf, key);
    if (points)
        return points;
    points = points_new(key, bytes, err);
    if (!points)
        return NULL;
    fill(points->data, context);
    keep(shelf, points);
    return points;
}

CubeShelf *cube_shelf_new(size_t most)
{
    CubeShelf *shelf = mem_new(1, sizeof *shelf);
    shelf->most = most;
    pthread_mutex_init(&shelf->lock, NULL);
    return shelf;
}

void cube_shelf_free(CubeShelf *shelf)
{
    for (int i = 0; i < KEPT; i++)
        cube_points_unref(&shelf->kept[i]);
    pthread_mutex_destroy(&shelf->lock);
    mem_free(shelf);
}
