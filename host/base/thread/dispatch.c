#include "base/thread/dispatch.h"

#include <pthread.h>

#include "base/mem.h"
#include "base/thread/thread.h"

typedef enum EntryState {
    QUEUED,
    RUNNING,
    DONE,
    DROPPED,
} EntryState;

typedef struct Entry {
    DispatchItem item;
    const void *key; /* the key; NULL: an entry of dispatch_run */
    Cancel *cancel;  /* the asker's; NULL: none */
    /* guarded by the lock of Dispatch */
    EntryState state;
    bool awaited; /* its asker frees it, unless the asker leaves */
    struct Entry *next;
} Entry;

struct Dispatch {
    /* immutable once anybody has asked */
    dispatch_fn wake;
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t owner;  /* signalled by an item, a wake-up and the end */
    pthread_cond_t askers; /* signalled by the end of an item, and by a cancel */
    /* guarded by lock */
    Entry *first, **end; /* queued, oldest first */
    bool woken, closed;
};

Dispatch *dispatch_new(void)
{
    Dispatch *dispatch = mem_new(1, sizeof *dispatch);
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&dispatch->lock, NULL);
    pthread_cond_init(&dispatch->owner, &clock);
    pthread_cond_init(&dispatch->askers, NULL);
    pthread_condattr_destroy(&clock);
    dispatch->end = &dispatch->first;
    return dispatch;
}

void dispatch_free(Dispatch *dispatch)
{
    if (!dispatch)
        return;
    dispatch_close(dispatch);
    pthread_cond_destroy(&dispatch->owner);
    pthread_cond_destroy(&dispatch->askers);
    pthread_mutex_destroy(&dispatch->lock);
    mem_free(dispatch);
}

void dispatch_on_wake(Dispatch *dispatch, dispatch_fn wake, void *context)
{
    dispatch->wake = wake;
    dispatch->context = context;
}

static Entry *entry_new(const DispatchItem *item, const void *key)
{
    Entry *entry = mem_new(1, sizeof *entry);
    *entry = (Entry){.item = *item, .key = key, .awaited = !key};
    return entry;
}

/* Without the lock. */
static void drop(const DispatchItem *item)
{
    if (item->drop)
        item->drop(item->data);
}

/* The queue. With the lock held. */

static void append(Dispatch *dispatch, Entry *entry)
{
    *dispatch->end = entry;
    dispatch->end = &entry->next;
}

static void take_out(Dispatch *dispatch, Entry **at)
{
    Entry *entry = *at;
    *at = entry->next;
    if (!*at)
        dispatch->end = at;
    entry->next = NULL;
}

static Entry **find(Dispatch *dispatch, const Entry *entry, const void *key)
{
    Entry **at = &dispatch->first;
    while (*at && *at != entry && (!key || (*at)->key != key))
        at = &(*at)->next;
    return at;
}

/* Without the lock, which the owner takes at once. */
static void wake_owner(Dispatch *dispatch)
{
    pthread_cond_signal(&dispatch->owner);
    if (dispatch->wake)
        dispatch->wake(dispatch->context);
}

/* Asking. */

/* May the asker go on? With the lock held. */
static bool is_over(const Entry *entry, Cancel *cancel)
{
    CancelReason reason = cancel_reason(cancel);
    switch (entry->state) {
    case QUEUED:
        return reason != CANCEL_NONE;
    case RUNNING:
        return reason >= CANCEL_STOPPED && entry->item.drop;
    default:
        return true;
    }
}

/* The outcome of an entry that is_over. With the lock held. */
static DispatchEnd leave(Dispatch *dispatch, Entry *entry)
{
    if (entry->state == RUNNING) {
        entry->awaited = false;
        return DISPATCH_LEFT;
    }
    if (entry->state == QUEUED)
        take_out(dispatch, find(dispatch, entry, NULL));
    return entry->state == DONE ? DISPATCH_DONE : DISPATCH_DROPPED;
}

DispatchEnd dispatch_run(Dispatch *dispatch, const DispatchItem *item, Cancel *cancel)
{
    Entry *entry = entry_new(item, NULL);
    entry->cancel = cancel;
    pthread_mutex_lock(&dispatch->lock);
    if (dispatch->closed || cancel_is_set(cancel))
        entry->state = DROPPED;
    else
        append(dispatch, entry);
    pthread_mutex_unlock(&dispatch->lock);
    wake_owner(dispatch);
    pthread_mutex_lock(&dispatch->lock);
    while (!is_over(entry, cancel))
        pthread_cond_wait(&dispatch->askers, &dispatch->lock);
    DispatchEnd end = leave(dispatch, entry);
    pthread_mutex_unlock(&dispatch->lock);
    if (end == DISPATCH_LEFT)
        return end;
    drop(item);
    mem_free(entry);
    return end;
}

void dispatch_post_newest(Dispatch *dispatch, const void *key, const DispatchItem *item)
{
    DispatchItem unneeded = *item;
    pthread_mutex_lock(&dispatch->lock);
    Entry *unread = *find(dispatch, NULL, key);
    if (unread) {
        unneeded = unread->item;
        unread->item = *item;
    } else if (!dispatch->closed) {
        unneeded.drop = NULL;
        append(dispatch, entry_new(item, key));
    }
    pthread_mutex_unlock(&dispatch->lock);
    wake_owner(dispatch);
    drop(&unneeded);
}

void dispatch_cancel(Dispatch *dispatch, Cancel *cancel, CancelReason reason)
{
    pthread_mutex_lock(&dispatch->lock);
    cancel_set(cancel, reason);
    pthread_cond_broadcast(&dispatch->askers);
    pthread_mutex_unlock(&dispatch->lock);
}

void dispatch_wake(Dispatch *dispatch)
{
    pthread_mutex_lock(&dispatch->lock);
    dispatch->woken = true;
    pthread_mutex_unlock(&dispatch->lock);
    wake_owner(dispatch);
}

/* The owner. */

/* The item to run next; NULL: none. An asker that has not woken yet may have an item in
 * the queue whose cancel is set. With the lock held. */
static Entry *next_entry(Dispatch *dispatch)
{
    while (dispatch->first && cancel_is_set(dispatch->first->cancel)) {
        dispatch->first->state = DROPPED;
        take_out(dispatch, &dispatch->first);
        pthread_cond_broadcast(&dispatch->askers);
    }
    return dispatch->first;
}

/* Wait up to `ms` until there is something to do. With the lock held. */
static void wait_for_word(Dispatch *dispatch, int ms)
{
    struct timespec until = thread_in_ms(CLOCK_MONOTONIC, ms < 0 ? 0 : ms);
    int late = 0;
    while (!next_entry(dispatch) && !dispatch->woken && !dispatch->closed && !late)
        late = ms < 0
                   ? pthread_cond_wait(&dispatch->owner, &dispatch->lock)
                   : pthread_cond_timedwait(&dispatch->owner, &dispatch->lock, &until);
    dispatch->woken = false;
}

/* With the lock held, which is released while the item runs. */
static void run_first(Dispatch *dispatch)
{
    Entry *entry = dispatch->first;
    take_out(dispatch, &dispatch->first);
    entry->state = RUNNING;
    pthread_mutex_unlock(&dispatch->lock);
    entry->item.run(entry->item.data);
    pthread_mutex_lock(&dispatch->lock);
    entry->state = DONE;
    bool ours = !entry->awaited;
    pthread_cond_broadcast(&dispatch->askers);
    if (!ours)
        return;
    pthread_mutex_unlock(&dispatch->lock);
    drop(&entry->item);
    mem_free(entry);
    pthread_mutex_lock(&dispatch->lock);
}

DispatchTurn dispatch_process(Dispatch *dispatch, int ms)
{
    pthread_mutex_lock(&dispatch->lock);
    wait_for_word(dispatch, ms);
    DispatchTurn turn = dispatch->first    ? DISPATCH_RAN
                        : dispatch->closed ? DISPATCH_CLOSED
                                           : DISPATCH_IDLE;
    if (turn == DISPATCH_RAN)
        run_first(dispatch);
    pthread_mutex_unlock(&dispatch->lock);
    return turn;
}

/* Take all queued items: the posted ones as a list; askers are woken. With the lock
 * held. */
static Entry *empty(Dispatch *dispatch)
{
    Entry *posted = NULL, *next;
    for (Entry *entry = dispatch->first; entry; entry = next) {
        next = entry->next;
        entry->next = NULL;
        entry->state = DROPPED;
        if (!entry->awaited) {
            entry->next = posted;
            posted = entry;
        }
    }
    dispatch->first = NULL;
    dispatch->end = &dispatch->first;
    pthread_cond_broadcast(&dispatch->askers);
    return posted;
}

void dispatch_close(Dispatch *dispatch)
{
    pthread_mutex_lock(&dispatch->lock);
    dispatch->closed = true;
    Entry *posted = empty(dispatch), *next;
    pthread_mutex_unlock(&dispatch->lock);
    wake_owner(dispatch);
    for (; posted; posted = next) {
        next = posted->next;
        drop(&posted->item);
        mem_free(posted);
    }
}
