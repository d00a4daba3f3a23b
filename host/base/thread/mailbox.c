#include "base/thread/mailbox.h"

#include <pthread.h>

#include "base/err.h"
#include "base/mem.h"

struct Mailbox {
    mailbox_drop_fn drop; /* immutable after new */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    Cancel cancel; /* changed under the lock only, with `message` and `closed` */
    /* guarded by lock */
    void *message;
    bool closed;
};

Mailbox *mailbox_new(mailbox_drop_fn drop)
{
    Mailbox *box = mem_new(1, sizeof *box);
    box->drop = drop;
    pthread_mutex_init(&box->lock, NULL);
    pthread_cond_init(&box->changed, NULL);
    return box;
}

static void drop(Mailbox *box, void *message)
{
    if (message && box->drop)
        box->drop(message);
}

void mailbox_free(Mailbox *box)
{
    if (!box)
        return;
    drop(box, box->message);
    pthread_cond_destroy(&box->changed);
    pthread_mutex_destroy(&box->lock);
    mem_free(box);
}

void mailbox_put(Mailbox *box, void *message)
{
    REQUIRE(message);
    pthread_mutex_lock(&box->lock);
    void *unread = message;
    if (!box->closed) {
        unread = box->message;
        box->message = message;
        cancel_set(&box->cancel, CANCEL_STOPPED);
        pthread_cond_signal(&box->changed);
    }
    pthread_mutex_unlock(&box->lock);
    drop(box, unread);
}

static void *take_locked(Mailbox *box)
{
    void *message = box->closed ? NULL : box->message;
    if (message) {
        box->message = NULL;
        cancel_clear(&box->cancel);
    }
    return message;
}

void *mailbox_take(Mailbox *box)
{
    pthread_mutex_lock(&box->lock);
    while (!box->message && !box->closed)
        pthread_cond_wait(&box->changed, &box->lock);
    void *message = take_locked(box);
    pthread_mutex_unlock(&box->lock);
    return message;
}

void *mailbox_poll(Mailbox *box)
{
    pthread_mutex_lock(&box->lock);
    void *message = take_locked(box);
    pthread_mutex_unlock(&box->lock);
    return message;
}

void mailbox_close(Mailbox *box)
{
    pthread_mutex_lock(&box->lock);
    box->closed = true;
    cancel_set(&box->cancel, CANCEL_STOPPED);
    pthread_cond_broadcast(&box->changed);
    pthread_mutex_unlock(&box->lock);
}

Cancel *mailbox_cancel(Mailbox *box)
{
    return &box->cancel;
}
