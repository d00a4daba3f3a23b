#include "viewer/picture/render.h"

#include "base/mem.h"
#include "base/thread/mailbox.h"
#include "base/thread/thread.h"
#include "viewer/picture/develop.h"
#include "viewer/picture/pixels.h"

/* A picture may always be finished when the last one is older than this. */
static const double PATIENCE_MS = 80;

/* What is wanted: references in both. */
typedef struct Wanted {
    RenderView view;
    Plan *plan; /* NULL: none yet */
    uint64_t serial;
    double since;
} Wanted;

struct Render {
    /* immutable after start */
    Pool *pool;
    Passes *passes;
    Wake wake;
    pthread_t thread;
    Mailbox *pictures; /* of Picture: to the UI thread */
    Mailbox *spares;   /* of Picture: back */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* guarded by lock */
    Wanted wanted;
    bool fresh; /* `wanted` has not been taken yet */
    bool closed;
    double last_ms; /* when the last picture was finished */
    /* any thread */
    Cancel cancel; /* something newer is wanted than what is being made */
    Cancel leave;  /* the image itself is no longer wanted */
    /* render thread only */
    Develop develop;
};

static void wanted_clear(Wanted *wanted)
{
    image_unref(&wanted->view.source);
    plan_unref(&wanted->plan);
}

void picture_free(Picture *picture)
{
    if (picture)
        mem_free(picture->pixels);
    mem_free(picture);
}

static void drop_picture(void *message)
{
    picture_free(message);
}

/* The picture. */

static Picture *picture_new(Render *render, size_t pixels, Err *err)
{
    Picture *picture = mailbox_poll(render->spares);
    if (!picture)
        picture = mem_new(1, sizeof *picture);
    if (picture->room < pixels) {
        mem_free(picture->pixels);
        picture->pixels = mem_alloc(pixels * sizeof *picture->pixels, err);
        picture->room = picture->pixels ? pixels : 0;
    }
    return picture;
}

static int phase(double start, double size, int pixels, int square)
{
    return -(int)(start / size * pixels) % (2 * square);
}

static bool lay_out(Render *render, const Wanted *wanted, const Image *image,
                    Picture *picture, Err *err)
{
    const RenderView *view = &wanted->view;
    Checker checker = {
        .size = view->checker,
        .x = phase(view->area.x, view->area.width, view->width, view->checker),
        .y = phase(view->area.y, view->area.height, view->height, view->checker)};
    if (!picture->pixels)
        return false;
    return pixels_convert(image, checker, picture->pixels, render->pool,
                          &render->cancel) ||
           err_set(err, ERR_CANCELLED, "something newer is wanted");
}

static void post(Render *render, Picture *picture)
{
    pthread_mutex_lock(&render->lock);
    render->last_ms = thread_clock_ms();
    pthread_mutex_unlock(&render->lock);
    mailbox_put(render->pictures, picture);
    render->wake.call(render->wake.context);
}

/* What was made way for nothing that this thread would be told of is made again. */
static void retry(Render *render)
{
    pthread_mutex_lock(&render->lock);
    render->fresh = true;
    pthread_mutex_unlock(&render->lock);
}

static void make(Render *render, const Wanted *wanted)
{
    Err err = {0};
    DevelopCost cost;
    bool again;
    Plan *plan = wanted->view.original ? NULL : wanted->plan;
    const Image *image =
        develop_view(&render->develop, &wanted->view, plan, &cost, &again, &err);
    size_t count = (size_t)wanted->view.width * (size_t)wanted->view.height;
    Picture *picture = picture_new(render, image ? count : 0, &err);
    bool fine = image && lay_out(render, wanted, image, picture, &err);
    if (!fine && err.kind == ERR_CANCELLED) {
        mailbox_put(render->spares, picture);
        if (again)
            retry(render);
        return;
    }
    picture->view = wanted->view;
    picture->view.source = NULL;
    picture->serial = plan ? wanted->serial : 0;
    picture->since = wanted->since;
    picture->processed_ms = cost.ms;
    picture->megapixels = cost.megapixels;
    picture->err = err;
    post(render, picture);
}

/* The thread. */

/* A view that waits for a plan of its depth is no work yet. */
static bool has_work(const Render *render)
{
    const Wanted *wanted = &render->wanted;
    if (!render->fresh || !wanted->view.source)
        return false;
    return wanted->view.original ||
           (wanted->plan && wanted->plan->depth == wanted->view.source->info.depth);
}

static bool take(Render *render, Wanted *wanted)
{
    pthread_mutex_lock(&render->lock);
    while (!render->closed && !has_work(render))
        pthread_cond_wait(&render->changed, &render->lock);
    bool open = !render->closed;
    if (open) {
        *wanted = render->wanted;
        image_ref(wanted->view.source);
        if (wanted->plan)
            plan_ref(wanted->plan);
        render->fresh = false;
        cancel_clear(&render->cancel);
        cancel_clear(&render->leave);
        passes_clear(render->passes);
    }
    pthread_mutex_unlock(&render->lock);
    return open;
}

static void render_thread(void *arg)
{
    Render *render = arg;
    for (Wanted wanted; take(render, &wanted);) {
        make(render, &wanted);
        wanted_clear(&wanted);
    }
}

/* Call with the lock held. */
static void changed(Render *render, double since)
{
    render->fresh = true;
    render->wanted.since = since;
    if (thread_clock_ms() - render->last_ms < PATIENCE_MS)
        cancel_set(&render->cancel, CANCEL_STOPPED);
    pthread_cond_signal(&render->changed);
}

/* Is what is on its way to `old` no use for `view`, whatever has been done of it? */
static bool is_other(const RenderView *old, const RenderView *view)
{
    return old->source != view->source || old->mode != view->mode ||
           old->whole != view->whole || old->original != view->original;
}

void render_show(Render *render, const RenderView *view)
{
    pthread_mutex_lock(&render->lock);
    Image *old = render->wanted.view.source;
    bool other = old != view->source, stop = is_other(&render->wanted.view, view);
    render->wanted.view = *view;
    image_ref(view->source);
    changed(render, view->since);
    if (other) {
        cancel_set(&render->leave, CANCEL_STOPPED);
        cancel_set(&render->cancel, CANCEL_STOPPED);
    }
    if (stop)
        passes_stop(render->passes);
    else if (!view->whole) /* which serves every view */
        passes_hurry(render->passes);
    pthread_mutex_unlock(&render->lock);
    image_unref(&old);
}

void render_plan(Render *render, Plan *plan, uint64_t serial, double since)
{
    pthread_mutex_lock(&render->lock);
    Plan *old = render->wanted.plan;
    render->wanted.plan = plan_ref(plan);
    render->wanted.serial = serial;
    changed(render, since);
    passes_hurry(render->passes);
    pthread_mutex_unlock(&render->lock);
    plan_unref(&old);
}

Picture *render_poll(Render *render)
{
    return mailbox_poll(render->pictures);
}

void render_recycle(Render *render, Picture *picture)
{
    mailbox_put(render->spares, picture);
}

Render *render_start(Pool *pool, Passes *passes, Wake wake, Err *err)
{
    Render *render = mem_new(1, sizeof *render);
    render->pool = pool;
    render->passes = passes;
    develop_init(&render->develop, pool, passes, &render->cancel, &render->leave);
    render->wake = wake;
    render->pictures = mailbox_new(drop_picture);
    render->spares = mailbox_new(drop_picture);
    pthread_mutex_init(&render->lock, NULL);
    pthread_cond_init(&render->changed, NULL);
    if (thread_start(&render->thread, "lutist-render", render_thread, render, err))
        return render;
    render->closed = true;
    render_stop(render);
    return NULL;
}

static void close_thread(Render *render)
{
    pthread_mutex_lock(&render->lock);
    render->closed = true;
    cancel_set(&render->cancel, CANCEL_STOPPED);
    cancel_set(&render->leave, CANCEL_STOPPED);
    passes_close(render->passes);
    pthread_cond_signal(&render->changed);
    pthread_mutex_unlock(&render->lock);
    pthread_join(render->thread, NULL);
}

void render_stop(Render *render)
{
    if (!render)
        return;
    if (!render->closed)
        close_thread(render);
    wanted_clear(&render->wanted);
    develop_term(&render->develop);
    mailbox_free(render->pictures);
    mailbox_free(render->spares);
    pthread_cond_destroy(&render->changed);
    pthread_mutex_destroy(&render->lock);
    mem_free(render);
}
