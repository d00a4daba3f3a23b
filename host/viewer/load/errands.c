#include "viewer/load/errands.h"

#include "base/mem.h"
#include "base/thread/thread.h"

struct Errands {
    /* immutable after start */
    Dispatch *ui;
    Dispatch *inbox; /* the thread's */
    pthread_t thread;
};

typedef struct Message {
    Errands *errands;
    const void *key;
    Errand errand;
} Message;

static void message_free(void *data)
{
    Message *message = data;
    if (message->errand.data)
        message->errand.drop(message->errand.data);
    mem_free(message);
}

static void take(void *data)
{
    const Message *message = data;
    message->errand.take(message->errand.data);
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
    post(message->errands->ui, take, message);
    message->errand.data = NULL;
}

static void errands_thread(void *arg)
{
    const Errands *errands = arg;
    while (dispatch_process(errands->inbox, -1) != DISPATCH_CLOSED)
        ;
}

Errands *errands_start(Dispatch *ui, Err *err)
{
    Errands *errands = mem_new(1, sizeof *errands);
    errands->ui = ui;
    errands->inbox = dispatch_new();
    if (thread_start(&errands->thread, "lutist-errands", errands_thread, errands, err))
        return errands;
    dispatch_free(errands->inbox);
    mem_free(errands);
    return NULL;
}

void errands_stop(Errands *errands)
{
    if (!errands)
        return;
    dispatch_close(errands->inbox);
    pthread_join(errands->thread, NULL);
    dispatch_free(errands->inbox);
    mem_free(errands);
}

void errands_do(Errands *errands, const void *key, const Errand *errand)
{
    post(errands->inbox, run, &(Message){errands, key, *errand});
}
