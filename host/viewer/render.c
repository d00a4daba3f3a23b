#include "viewer/render.h"

#include <string.h>

#include "base/mailbox.h"
#include "base/mem.h"
#include "base/thread.h"
#include "pipe/run.h"
#include "viewer/pixels.h"
#include "viewer/pyramid.h"

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
    Pyramid pyramid;
    Image *scaled;          /* the visible part, not developed; NULL: none */
    RenderView scaled_view; /* what it shows */
    Program *program;       /* compiled from plan for `channels`; NULL: none */
    Plan *plan;
    int channels;
    Image *developed; /* reused while its layout stays */
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

/* The view image. */

static bool same_view(const RenderView *a, const RenderView *b)
{
    return a->image == b->image && a->width == b->width && a->height == b->height &&
           a->area.x == b->area.x && a->area.y == b->area.y &&
           a->area.width == b->area.width && a->area.height == b->area.height;
}

static bool scale(Render *render, const RenderView *view, Err *err)
{
    if (render->scaled && same_view(view, &render->scaled_view))
        return true;
    pyramid_set(&render->pyramid, view->source);
    Image *scaled = pyramid_view(&render->pyramid, view->area, view->width,
                                 view->height, render->pool, &render->leave, err);
    if (!scaled)
        return false;
    image_unref(&render->scaled);
    render->scaled = scaled;
    render->scaled_view = *view;
    return true;
}

/* The program. */

static bool compile(Render *render, Plan *plan, int channels, Err *err)
{
    if (render->program && render->plan == plan && render->channels == channels)
        return true;
    Program *program = compile_plan(plan, channels, err);
    if (!program)
        return false;
    program_unref(&render->program);
    plan_unref(&render->plan);
    render->program = program;
    render->plan = plan_ref(plan);
    render->channels = channels;
    return true;
}

static bool have_room(Render *render, ImageInfo info, Err *err)
{
    if (render->developed && memcmp(&render->developed->info, &info, sizeof info) == 0)
        return true;
    image_unref(&render->developed);
    render->developed = image_new(info, err);
    return render->developed != NULL;
}

/* The developed view, borrowed; *ms is the time the program took. */
static const Image *develop(Render *render, const Wanted *wanted, double *ms, Err *err)
{
    if (wanted->view.original || !wanted->plan)
        return render->scaled;
    double start = thread_clock_ms();
    if (!compile(render, wanted->plan, render->scaled->info.channels, err) ||
        !have_room(render, program_output(render->program, render->scaled->info), err))
        return NULL;
    if (!run_image(render->program, render->scaled, render->developed, render->pool,
                   &render->cancel)) {
        err_set(err, ERR_CANCELLED, "something newer is wanted");
        return NULL;
    }
    *ms = thread_clock_ms() - start;
    return render->developed;
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

static void make(Render *render, const Wanted *wanted)
{
    Err err = {0};
    double ms = 0;
    const Image *image = NULL;
    if (scale(render, &wanted->view, &err))
        image = develop(render, wanted, &ms, &err);
    size_t count = (size_t)wanted->view.width * (size_t)wanted->view.height;
    Picture *picture = picture_new(render, image ? count : 0, &err);
    bool fine = image && lay_out(render, wanted, image, picture, &err);
    if (!fine && err.kind == ERR_CANCELLED) {
        mailbox_put(render->spares, picture);
        return;
    }
    picture->view = wanted->view;
    picture->view.source = NULL;
    picture->serial = wanted->view.original || !wanted->plan ? 0 : wanted->serial;
    picture->since = wanted->since;
    picture->processed_ms = ms;
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
        cancel_set(&render->cancel);
    pthread_cond_signal(&render->changed);
}

void render_show(Render *render, const RenderView *view)
{
    pthread_mutex_lock(&render->lock);
    Image *old = render->wanted.view.source;
    bool other = old != view->source;
    render->wanted.view = *view;
    image_ref(view->source);
    changed(render, view->since);
    if (other) {
        cancel_set(&render->leave);
        cancel_set(&render->cancel);
    }
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

Render *render_start(Pool *pool, Wake wake, Err *err)
{
    Render *render = mem_new(1, sizeof *render);
    render->pool = pool;
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
    cancel_set(&render->cancel);
    cancel_set(&render->leave);
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
    pyramid_set(&render->pyramid, NULL);
    image_unref(&render->scaled);
    image_unref(&render->developed);
    program_unref(&render->program);
    plan_unref(&render->plan);
    mailbox_free(render->pictures);
    mailbox_free(render->spares);
    pthread_cond_destroy(&render->changed);
    pthread_mutex_destroy(&render->lock);
    mem_free(render);
}
