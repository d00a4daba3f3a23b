#include "viewer/picture/python_mapping.h"

#include <pthread.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "python/python_map.h"

/* A mapping that has run for longer is slow: newer values drop it, and its progress is
 * reported, this often. */
static const double LONG_MS = 300, REPORT_MS = 100;

typedef enum State {
    NOT_ASKED,
    WAITING,
    RUNNING,
    OVER, /* done or abandoned */
} State;

struct PythonMapping {
    atomic_int refs;
    /* immutable after new */
    Dispatch *script, *ui;
    /* immutable once it was started; references */
    Mode mode;
    Program *program;
    Image *src, *dst;
    /* any thread */
    Cancel cancel;
    /* the script thread's; after the mapping's end the render thread's */
    double told_ms, ms;
    bool good;
    Err err;
    pthread_mutex_t lock;
    /* guarded by lock; only the script thread writes the last two */
    State state;
    double begun_ms, part;
};

PythonMapping *python_mapping_new(Dispatch *script, Dispatch *ui)
{
    PythonMapping *mapping = mem_new(1, sizeof *mapping);
    mapping->script = script;
    mapping->ui = ui;
    atomic_init(&mapping->refs, 1);
    pthread_mutex_init(&mapping->lock, NULL);
    return mapping;
}

void python_mapping_unref(PythonMapping **mapping)
{
    PythonMapping *old = *mapping;
    *mapping = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    program_unref(&old->program);
    image_unref(&old->src);
    image_unref(&old->dst);
    pthread_mutex_destroy(&old->lock);
    mem_free(old);
}

static void set_state(PythonMapping *mapping, State state)
{
    pthread_mutex_lock(&mapping->lock);
    mapping->state = state;
    pthread_mutex_unlock(&mapping->lock);
}

/* Script thread. */

static void begin(PythonMapping *mapping)
{
    pthread_mutex_lock(&mapping->lock);
    mapping->begun_ms = thread_clock_ms();
    if (mapping->state == WAITING)
        mapping->state = RUNNING;
    pthread_mutex_unlock(&mapping->lock);
}

/* After each slice, without the GIL. */
static bool go_on(void *context, double part)
{
    PythonMapping *mapping = context;
    double now = thread_clock_ms();
    bool is_long = now - mapping->begun_ms >= LONG_MS;
    CancelReason reason = cancel_reason(&mapping->cancel);
    if (reason >= CANCEL_STOPPED || (reason == CANCEL_NEWER && is_long))
        return false;
    pthread_mutex_lock(&mapping->lock);
    mapping->part = part;
    pthread_mutex_unlock(&mapping->lock);
    if (is_long && now - mapping->told_ms >= REPORT_MS) {
        mapping->told_ms = now;
        dispatch_wake(mapping->ui);
    }
    return true;
}

static void serve(void *data)
{
    PythonMapping *mapping = data;
    Mapping work = {.mode = mapping->mode,
                    .program = mapping->program,
                    .src = mapping->src,
                    .dst = mapping->dst,
                    .go_on = go_on,
                    .context = mapping};
    begin(mapping);
    bool good =
        python_map_has_mode(mapping->mode, &mapping->err); /* loads its modules once */
    double start = thread_clock_ms();
    mapping->good = good && python_map_run(&work, &mapping->err);
    mapping->ms = thread_clock_ms() - start;
}

static void drop(void *data)
{
    PythonMapping *mapping = data;
    python_mapping_unref(&mapping);
}

/* Render thread. */

bool python_mapping_run(PythonMapping *mapping, Mode mode, Program *program, Image *src,
                        Image *dst, double *ms, Err *err)
{
    mapping->mode = mode;
    mapping->program = program_ref(program);
    mapping->src = image_ref(src);
    mapping->dst = image_ref(dst);
    set_state(mapping, WAITING);
    atomic_fetch_add(&mapping->refs, 1); /* the item's */
    DispatchItem item = {serve, drop, mapping};
    DispatchEnd end = dispatch_run(mapping->script, &item, &mapping->cancel);
    set_state(mapping, OVER);
    if (end != DISPATCH_DONE)
        return err_set(err, ERR_CANCELLED, "something newer is wanted");
    *ms = mapping->ms;
    if (!mapping->good)
        *err = mapping->err;
    return mapping->good;
}

/* Any thread. */

bool python_mapping_cancel(PythonMapping *mapping, CancelReason reason)
{
    pthread_mutex_lock(&mapping->lock);
    bool awaited = mapping->state == WAITING || mapping->state == RUNNING;
    pthread_mutex_unlock(&mapping->lock);
    dispatch_cancel(mapping->script, &mapping->cancel, reason);
    return awaited;
}

CancelReason python_mapping_reason(PythonMapping *mapping)
{
    return cancel_reason(&mapping->cancel);
}

bool python_mapping_progress(PythonMapping *mapping, MappingProgress *progress)
{
    pthread_mutex_lock(&mapping->lock);
    bool running =
        mapping->state == RUNNING && python_mapping_reason(mapping) < CANCEL_STOPPED;
    if (running)
        *progress = (MappingProgress){mapping->mode, mapping->part,
                                      thread_clock_ms() - mapping->begun_ms};
    pthread_mutex_unlock(&mapping->lock);
    return running;
}
