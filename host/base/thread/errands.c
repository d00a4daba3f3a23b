#include "base/thread/errands.h"

#include "base/mem.h"
#include "base/thread/thread.h"

struct Errands {
    /* immutable after start */
    ErrandsConfig config;
    Dispatch *inbox; /* the thread's */
    pthread_t thread;
    /* the thread only */
    bool ended;
    /* guarded by lock, which is held while an answer is posted */
    pthread_mutex_t lock;
    bool left; /* by who started it: the thread frees all, and answers nobody */
};

typedef struct Message {
    Errands *errands;
    const void *key;
    Errand errand;
} Message;

static void drop(const Errand *errand)
{
    if (errand->data)
        errand->drop(errand->data);
}

static void message_free(void *data)
{
    Message *message = data;
    drop(&message->errand);
    mem_free(message);
}

static void take(void *data)
{
    const Message *message = data;
    const ErrandsConfig *config = &message->errands->config;
    message->errand.take(message->errand.data);
    if (config->answered)
        config->answered(config->context);
}

static void post(Dispatch *to, dispatch_fn run, const Message *content)
{
    Message *message = mem_new(1, sizeof *message);
    *message = *content;
    dispatch_post_newest(to, message->key, &(DispatchItem){run, message_free, message});
}

/* The answer takes the data over. */
static void run(void *data)
{
    Message *message = data;
    Errands *errands = message->errands;
    message->errand.run(message->errand.data);
    pthread_mutex_lock(&errands->lock);
    if (!errands->left) {
        post(errands->config.ui, take, message);
        message->errand.data = NULL;
    }
    pthread_mutex_unlock(&errands->lock);
}

static void end(void *data)
{
    Errands *errands = data;
    errands->ended = true;
}

static void errands_free(Errands *errands)
{
    dispatch_free(errands->inbox);
    pthread_mutex_destroy(&errands->lock);
    mem_free(errands);
}

static void errands_thread(void *arg)
{
    Errands *errands = arg;
    while (!errands->ended && dispatch_process(errands->inbox, -1) != DISPATCH_CLOSED)
        ;
    pthread_mutex_lock(&errands->lock);
    bool left = errands->left;
    pthread_mutex_unlock(&errands->lock);
    if (left)
        errands_free(errands);
}

Errands *errands_start(const ErrandsConfig *config, Err *err)
{
    Errands *errands = mem_new(1, sizeof *errands);
    errands->config = *config;
    errands->inbox = dispatch_new();
    pthread_mutex_init(&errands->lock, NULL);
    if (thread_start(&errands->thread, config->name, errands_thread, errands, err))
        return errands;
    errands_free(errands);
    return NULL;
}

static void join(Errands *errands)
{
    pthread_join(errands->thread, NULL);
    errands_free(errands);
}

void errands_stop(Errands *errands)
{
    if (!errands)
        return;
    dispatch_close(errands->inbox);
    join(errands);
}

void errands_finish(Errands *errands)
{
    if (!errands)
        return;
    dispatch_post_newest(errands->inbox, errands, &(DispatchItem){end, NULL, errands});
    join(errands);
}

/* The thread is detached before it can end; it ends after the inbox is closed, and must
 * not free that in the middle of this. */
void errands_leave(Errands *errands)
{
    if (!errands)
        return;
    pthread_detach(errands->thread);
    pthread_mutex_lock(&errands->lock);
    errands->left = true;
    dispatch_close(errands->inbox);
    pthread_mutex_unlock(&errands->lock);
}

void errands_do(Errands *errands, const void *key, const Errand *errand)
{
    if (errands) {
        post(errands->inbox, run, &(Message){errands, key, *errand});
        return;
    }
    errand->run(errand->data);
    errand->take(errand->data);
    drop(errand);
}
