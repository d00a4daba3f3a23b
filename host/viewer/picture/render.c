#include "viewer/picture/render.h"

#include "base/mem.h"
#include "base/thread/thread.h"
#include "viewer/picture/develop.h"
#include "viewer/picture/render_wanted.h"
#include "viewer/turn/screen_turn.h"

/* A picture is not cancelled for a newer one when the last is older than this, or took
 * less than QUICK_MS: a hand that moves on would cancel each, and see none. */
static const double PATIENCE_MS = 80, QUICK_MS = 120;

struct Render {
    /* immutable after start */
    RenderConfig config;
    pthread_t thread;
    Dispatch *inbox; /* the render thread's */
    /* any thread; set and cleared with the lock held */
    Cancel cancel;  /* of the picture in work: something newer is wanted */
    Cancel leave;   /* the image itself is no longer wanted */
    Cancel put_off; /* of what is made beside the picture */
    pthread_mutex_t lock;
    /* guarded by lock */
    PythonMapping *mapping; /* of the picture in work; NULL: it needs none */
    uint64_t view_number;   /* of the newest view that was sent */
    uint64_t serial;        /* of the newest plan that was sent */
    double last_ms;         /* when the last picture was finished */
    double took_ms;         /* by the last picture */
    double aside_ms;        /* the same of what is beside it */
    bool closed;
    /* UI thread only */
    View sent; /* the newest view */
    /* render thread only */
    RenderWanted wanted;
    Develop develop;
    bool on_its_way;   /* a picture, to the screen */
    const Image *made; /* the last picture's pixels, develop's; NULL: they are gone */
    uint64_t look_serial; /* of the look that is known to `aside` */
    Aside *aside;
    PictureDelivery delivery;
    ScreenScratch scratch;
};

/* Making a picture. */

static int phase(double start, double size, int pixels, int square)
{
    return -(int)(start / size * pixels) % (2 * square);
}

static ScreenLook look_for(const Render *render, const View *view)
{
    ScreenLook look = render->config.screen;
    look.marked = view->clipping;
    look.checker = (Checker){
        .size = view->checker,
        .x = phase(view->area.x, view->area.width, view->width, view->checker),
        .y = phase(view->area.y, view->area.height, view->height, view->checker)};
    return look;
}

/* Does the picture have two layers? Marks and the squares under transparent parts have
 * 8 bits. */
static bool is_deep(const View *view, const Image *image)
{
    return view->deep && !view->clipping && image->info.depth == 16 &&
           !image_has_alpha(image->info);
}

static bool lay_out_layer(Render *render, const View *view, const Image *image,
                          ScreenLayer layer, uint32_t *out, Err *err)
{
    ScreenLook look = look_for(render, view);
    look.layer = layer;
    return screen_turn_convert(image, &look, view->quarters, &render->scratch, out,
                               render->config.pool, &render->cancel, err);
}

static bool lay_out(Render *render, const View *view, const Image *image,
                    Picture *picture, Err *err)
{
    uint32_t *pixels = picture->pixels;
    if (!pixels)
        return false;
    picture->rest = NULL;
    if (!is_deep(view, image))
        return lay_out_layer(render, view, image, SCREEN_ROUNDED, pixels, err);
    uint32_t *rest = pixels + (size_t)view->width * (size_t)view->height;
    picture->rest = rest;
    return lay_out_layer(render, view, image, SCREEN_STEPS, pixels, err) &&
           lay_out_layer(render, view, image, SCREEN_REST, rest, err);
}

/* Was the picture cancelled for values whose plan has not come? It may never come: the
 * script may fail. */
static bool is_wanted_still(const Render *render, const Err *err)
{
    return err->kind == ERR_CANCELLED && render->mapping &&
           python_mapping_reason(render->mapping) == CANCEL_NEWER;
}

static void make(Render *render)
{
    Err err = {0};
    DevelopCost cost;
    double begun = thread_clock_ms();
    const RenderWanted *wanted = &render->wanted;
    const View *view = &wanted->view;
    Plan *plan = render_wanted_plan(wanted);
    render->made = NULL;
    const Image *image =
        develop_view(&render->develop, view, plan, render->mapping, &cost, &err);
    size_t count = image ? (size_t)view->width * (size_t)view->height : 0;
    if (image && is_deep(view, image))
        count *= 2;
    Picture *picture = picture_delivery_new(&render->delivery, count, &err);
    bool fine = image && lay_out(render, view, image, picture, &err);
    if (!fine && err.kind == ERR_CANCELLED) {
        picture_delivery_put_back(&render->delivery, picture);
        render->wanted.fresh = is_wanted_still(render, &err);
        return;
    }
    picture->view = *view;
    picture->view.pyramid = NULL;
    picture->view.before = NULL;
    picture->serial = plan && !view->original ? wanted->serial : 0;
    picture->since = wanted->since;
    picture->processed_ms = cost.ms;
    picture->megapixels = cost.megapixels;
    picture->err = err;
    render->made = fine ? image : NULL;
    aside_renew(render->aside);
    double end = thread_clock_ms();
    picture->made_ms = end - begun;
    picture->made_at = end;
    pthread_mutex_lock(&render->lock);
    render->last_ms = end;
    render->took_ms = picture->made_ms;
    pthread_mutex_unlock(&render->lock);
    render->on_its_way = true;
    picture_delivery_send(&render->delivery, picture);
}

/* The render thread. */

/* From here on a newer message cancels the picture. False: one has already been sent,
 * and is read first. */
static bool begin(Render *render)
{
    const RenderWanted *wanted = &render->wanted;
    bool python = !wanted->view.original && mode_is_python(wanted->view.mode);
    PythonMapping *mapping =
        python ? python_mapping_new(render->config.script, render->config.ui) : NULL;
    pthread_mutex_lock(&render->lock);
    bool newest = wanted->view_number == render->view_number &&
                  wanted->serial == render->serial && !render->closed;
    if (newest) {
        cancel_clear(&render->cancel);
        cancel_clear(&render->leave);
        render->mapping = mapping;
    }
    pthread_mutex_unlock(&render->lock);
    if (!newest)
        python_mapping_unref(&mapping);
    return newest;
}

static void end(Render *render)
{
    PythonMapping *mapping = render->mapping; /* only this thread sets it */
    pthread_mutex_lock(&render->lock);
    render->mapping = NULL;
    pthread_mutex_unlock(&render->lock);
    python_mapping_unref(&mapping);
}

/* False: something newer is wanted first. */
static bool begin_aside(Render *render)
{
    const RenderWanted *wanted = &render->wanted;
    pthread_mutex_lock(&render->lock);
    bool newest = wanted->view_number == render->view_number &&
                  wanted->serial == render->serial && !render->closed;
    if (newest)
        cancel_clear(&render->put_off);
    pthread_mutex_unlock(&render->lock);
    return newest && render_wanted_is_ready(wanted) && !wanted->fresh;
}

static void make_aside(Render *render)
{
    const RenderWanted *wanted = &render->wanted;
    AsideScene scene = {.view = &wanted->view,
                        .made = render->made,
                        .plan = render_wanted_plan(wanted),
                        .look = render_wanted_look(wanted),
                        .screen = look_for(render, &wanted->view)};
    if (render->look_serial != wanted->look_serial)
        aside_renew(render->aside);
    render->look_serial = wanted->look_serial;
    aside_make(render->aside, &scene);
    pthread_mutex_lock(&render->lock);
    render->aside_ms = thread_clock_ms();
    pthread_mutex_unlock(&render->lock);
}

static void render_thread(void *arg)
{
    Render *render = arg;
    while (dispatch_process(render->inbox, -1) != DISPATCH_CLOSED) {
        while (dispatch_process(render->inbox, 0) == DISPATCH_RAN)
            ;
        while (!render->on_its_way && render_wanted_is_work(&render->wanted) &&
               begin(render)) {
            render->wanted.fresh = false;
            make(render);
            end(render);
        }
        if (!render->on_its_way && begin_aside(render))
            make_aside(render);
    }
}

/* Any thread. */

/* With the lock held. */
static bool cancel_mapping(Render *render, CancelReason reason)
{
    return render->mapping && python_mapping_cancel(render->mapping, reason);
}

bool render_cancel_mapping(Render *render, CancelReason reason)
{
    pthread_mutex_lock(&render->lock);
    bool awaited = cancel_mapping(render, reason);
    pthread_mutex_unlock(&render->lock);
    return awaited;
}

bool render_progress(Render *render, MappingProgress *progress)
{
    pthread_mutex_lock(&render->lock);
    bool running =
        render->mapping && python_mapping_progress(render->mapping, progress);
    pthread_mutex_unlock(&render->lock);
    return running;
}

/* For a newer message. With the lock held. */
static void make_way(Render *render, CancelReason for_mapping)
{
    double now = thread_clock_ms();
    if (now - render->last_ms < PATIENCE_MS && render->took_ms >= QUICK_MS)
        cancel_set(&render->cancel, CANCEL_NEWER);
    if (now - render->aside_ms < PATIENCE_MS)
        cancel_set(&render->put_off, CANCEL_NEWER);
    cancel_mapping(render, for_mapping);
}

/* How a new view cancels the old one's mapping. A mapping of the whole image serves
 * every view of it. */
static CancelReason reason_for(const View *old, const View *view)
{
    if (old->image != view->image || old->mode != view->mode ||
        old->whole != view->whole || old->original != view->original ||
        old->colors != view->colors)
        return CANCEL_STOPPED;
    return view->whole ? CANCEL_NONE : CANCEL_NEWER;
}

void render_show(Render *render, const View *view)
{
    pthread_mutex_lock(&render->lock);
    uint64_t number = ++render->view_number;
    make_way(render, reason_for(&render->sent, view));
    if (render->sent.image != view->image) {
        cancel_set(&render->leave, CANCEL_STOPPED);
        cancel_set(&render->cancel, CANCEL_STOPPED);
        cancel_set(&render->put_off, CANCEL_STOPPED);
    }
    pthread_mutex_unlock(&render->lock);
    render->sent = *view;
    render_wanted_post_view(&render->wanted, render->inbox, view, number);
}

void render_plan(Render *render, Plan *plan, uint64_t colors, uint64_t serial,
                 double since)
{
    pthread_mutex_lock(&render->lock);
    render->serial = serial;
    make_way(render, CANCEL_NEWER);
    pthread_mutex_unlock(&render->lock);
    render_wanted_post_plan(&render->wanted, render->inbox, plan, colors, serial,
                            since);
}

void render_look(Render *render, Plan *look, uint64_t serial)
{
    render_wanted_post_look(&render->wanted, render->inbox, look, serial);
}

static void go_on(void *data)
{
    Render *render = data;
    render->on_its_way = false;
}

void render_go_on(Render *render)
{
    if (render)
        dispatch_post_newest(render->inbox, go_on,
                             &(DispatchItem){go_on, NULL, render});
}

void render_aside(Render *render, const AsideWish *wish)
{
    aside_want(render->aside, wish);
}

/* Start and end. */

static void render_free(Render *render)
{
    dispatch_free(render->inbox);
    aside_free(render->aside);
    render_wanted_term(&render->wanted);
    picture_delivery_term(&render->delivery);
    screen_scratch_term(&render->scratch);
    develop_term(&render->develop);
    pthread_mutex_destroy(&render->lock);
    mem_free(render);
}

Render *render_start(const RenderConfig *config, Err *err)
{
    Render *render = mem_new(1, sizeof *render);
    render->config = *config;
    render->inbox = dispatch_new();
    render->delivery = (PictureDelivery){.ui = config->ui,
                                         .render = render->inbox,
                                         .take = config->take,
                                         .context = config->context};
    pthread_mutex_init(&render->lock, NULL);
    develop_init(&render->develop, config->pool, &render->cancel, &render->leave,
                 config->device);
    render->aside = aside_new(&config->aside, &render->develop, config->ui,
                              render->inbox, &render->put_off);
    if (thread_start(&render->thread, "lutist-render", render_thread, render, err))
        return render;
    render_free(render);
    return NULL;
}

void render_stop(Render *render)
{
    if (!render)
        return;
    pthread_mutex_lock(&render->lock);
    render->closed = true;
    cancel_set(&render->cancel, CANCEL_CLOSED);
    cancel_set(&render->leave, CANCEL_CLOSED);
    cancel_set(&render->put_off, CANCEL_CLOSED);
    cancel_mapping(render, CANCEL_CLOSED);
    pthread_mutex_unlock(&render->lock);
    dispatch_close(render->inbox);
    pthread_join(render->thread, NULL);
    render_free(render);
}
