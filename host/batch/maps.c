#include "batch/maps.h"

/* Lives on its worker's stack. */
struct MapWish {
    const BatchStrip *strip;
    Err *err;
    bool done, mapped;
    MapWish *after;
};

static void append(Maps *maps, MapWish *wish)
{
    if (maps->last)
        maps->last->after = wish;
    else
        maps->first = wish;
    maps->last = wish;
}

static MapWish *take_first(Maps *maps)
{
    MapWish *wish = maps->first;
    maps->first = wish ? wish->after : NULL;
    if (!maps->first)
        maps->last = NULL;
    return wish;
}

static void finish(MapWish *wish, bool mapped)
{
    wish->mapped = mapped;
    wish->done = true;
}

bool maps_get(Maps *maps, const BatchStrip *strip, Err *err)
{
    Monitor *monitor = maps->monitor;
    MapWish wish = {.strip = strip, .err = err};
    pthread_mutex_lock(&monitor->lock);
    if (maps->closed) {
        err_set(err, ERR_CANCELLED, "interrupted");
        wish.done = true;
    } else {
        append(maps, &wish);
        pthread_cond_signal(&monitor->caller);
    }
    while (!wish.done)
        pthread_cond_wait(&monitor->workers, &monitor->lock);
    pthread_mutex_unlock(&monitor->lock);
    return wish.mapped;
}

bool maps_serve(Maps *maps, const BatchHooks *hooks)
{
    Monitor *monitor = maps->monitor;
    MapWish *wish = take_first(maps);
    if (!wish)
        return false;
    pthread_mutex_unlock(&monitor->lock);
    bool mapped = hooks->map(hooks->context, wish->strip, wish->err);
    pthread_mutex_lock(&monitor->lock);
    finish(wish, mapped);
    pthread_cond_broadcast(&monitor->workers);
    return true;
}

void maps_close(Maps *maps)
{
    maps->closed = true;
    for (MapWish *wish; (wish = take_first(maps));) {
        err_set(wish->err, ERR_CANCELLED, "interrupted");
        finish(wish, false);
    }
    pthread_cond_broadcast(&maps->monitor->workers);
}
