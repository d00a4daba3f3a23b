#include "viewer/picture/python_pass.h"

#include <pthread.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "python/python_map.h"

/* A pass that has run for longer makes way for newer values; it also begins to be
 * reported then, this often. */
static const double LONG_MS = 300, REPORT_MS = 100;

typedef enum State {
    NOT_ASKED,
    WAITING,
    RUNNING,
    OVER, /* the render thread has gone on */
} State;

struct PythonPass {
    atomic_int refs;
    /* immutable after new */
    Dispatch *script, *ui;
    /* immutable once it was asked for; references */
    Mode mode;
    Program *program;
    Image *src, *dst;
    /* any thread */
    Cancel cancel;
    /* script thread; once the pass has run to its end, the render thread */
    double told_ms, ms;
    bool good;
    Err err;
    pthread_mutex_t lock;
    /* guarded by lock; the last two are written by the script thread alone */
    State state;
    double begun_ms, part;
};

PythonPass *python_pass_new(Dispatch *script, Dispatch *ui)
{
    PythonPass *pass = mem_new(1, sizeof *pass);
    pass->script = script;
    pass->ui = ui;
    atomic_init(&pass->refs, 1);
    pthread_mutex_init(&pass->lock, NULL);
    return pass;
}

void python_pass_unref(PythonPass **pass)
{
    PythonPass *old = *pass;
    *pass = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    program_unref(&old->program);
    image_unref(&old->src);
    image_unref(&old->dst);
    pthread_mutex_destroy(&old->lock);
    mem_free(old);
}

static void set_state(PythonPass *pass, State state)
{
    pthread_mutex_lock(&pass->lock);
    pass->state = state;
    pthread_mutex_unlock(&pass->lock);
}

/* Script thread. */

static void begin(PythonPass *pass)
{
    pthread_mutex_lock(&pass->lock);
    pass->begun_ms = thread_clock_ms();
    if (pass->state == WAITING)
        pass->state = RUNNING;
    pthread_mutex_unlock(&pass->lock);
}

/* After each slice, without the GIL. */
static bool go_on(void *context, double part)
{
    PythonPass *pass = context;
    double now = thread_clock_ms();
    bool is_long = now - pass->begun_ms >= LONG_MS;
    CancelReason reason = cancel_reason(&pass->cancel);
    if (reason >= CANCEL_STOPPED || (reason == CANCEL_NEWER && is_long))
        return false;
    pthread_mutex_lock(&pass->lock);
    pass->part = part;
    pthread_mutex_unlock(&pass->lock);
    if (is_long && now - pass->told_ms >= REPORT_MS) {
        pass->told_ms = now;
        dispatch_wake(pass->ui);
    }
    return true;
}

static void serve(void *data)
{
    PythonPass *pass = data;
    Mapping work = {.mode = pass->mode,
                    .program = pass->program,
                    .src = pass->src,
                    .dst = pass->dst,
                    .go_on = go_on,
                    .context = pass};
    begin(pass);
    bool good =
        python_map_has_mode(pass->mode, &pass->err); /* loads its modules once */
    double start = thread_clock_ms();
    pass->good = good && python_map_run(&work, &pass->err);
    pass->ms = thread_clock_ms() - start;
}

static void drop(void *data)
{
    PythonPass *pass = data;
    python_pass_unref(&pass);
}

/* Render thread. */

bool python_pass_run(PythonPass *pass, Mode mode, Program *program, Image *src,
                     Image *dst, double *ms, Err *err)
{
    pass->mode = mode;
    pass->program = program_ref(program);
    pass->src = image_ref(src);
    pass->dst = image_ref(dst);
    set_state(pass, WAITING);
    atomic_fetch_add(&pass->refs, 1); /* the item's */
    DispatchItem item = {serve, drop, pass};
    DispatchEnd end = dispatch_run(pass->script, &item, &pass->cancel);
    set_state(pass, OVER);
    if (end != DISPATCH_DONE)
        return err_set(err, ERR_CANCELLED, "something newer is wanted");
    *ms = pass->ms;
    if (!pass->good)
        *err = pass->err;
    return pass->good;
}

/* Any thread. */

bool python_pass_cancel(PythonPass *pass, CancelReason reason)
{
    pthread_mutex_lock(&pass->lock);
    bool awaited = pass->state == WAITING || pass->state == RUNNING;
    pthread_mutex_unlock(&pass->lock);
    dispatch_cancel(pass->script, &pass->cancel, reason);
    return awaited;
}

CancelReason python_pass_reason(PythonPass *pass)
{
    return cancel_reason(&pass->cancel);
}

bool python_pass_progress(PythonPass *pass, PassProgress *progress)
{
    pthread_mutex_lock(&pass->lock);
    bool running = pass->state == RUNNING && python_pass_reason(pass) < CANCEL_STOPPED;
    if (running)
        *progress =
            (PassProgress){pass->mode, pass->part, thread_clock_ms() - pass->begun_ms};
    pthread_mutex_unlock(&pass->lock);
    return running;
}
