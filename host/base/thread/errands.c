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
    message->errand.run(message->errand.data);
    post(message->errands->config.ui, take, message);
    message->errand.data = NULL;
}

static void end(void *data)
{
    Errands *errands = data;
    errands->ended = true;
}

static void errands_thread(void *arg)
{
    const Errands *errands = arg;
    while (!errands->ended && dispatch_process(errands->inbox, -1) != DISPATCH_CLOSED)
        ;
}

Errands *errands_start(const ErrandsConfig *config, Err *err)
{
    Errands *errands = mem_new(1, sizeof *errands);
    errands->config = *config;
    errands->inbox = dispatch_new();
    if (thread_start(&errands->thread, config->name, errands_thread, errands, err))
        return errands;
    dispatch_free(errands->inbox);
    mem_free(errands);
    return NULL;
}

static void join(Errands *errands)
{
    pthread_join(errands->thread, NULL);
    dispatch_free(errands->inbox);
    mem_free(errands);
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
