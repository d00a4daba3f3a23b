#include "viewer/picture/aside.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"
#include "viewer/turn/screen_turn.h"

/* A picture of its own, with what it was made by. */
typedef struct Sidelight {
    PictureDelivery delivery;
    View made;        /* the last one sent; 0 wide: none */
    Program *program; /* compiled from `plan` for `channels` */
    Plan *plan;
    int channels;
    Image *mapped; /* reused while its layout stays */
    ScreenScratch scratch;
} Sidelight;

struct Aside {
    /* immutable after new */
    AsideConfig config;
    Develop *develop;
    Dispatch *ui, *render;
    Cancel *cancel;
    /* render thread only */
    AsideWish wish;
    bool stale; /* the numbers are older than the picture */
    Sidelight before, part;
    Program *look; /* the last one that was compiled for values alone */
    Plan *look_plan;
    int look_channels;
};

typedef struct WishMessage {
    Aside *aside;
    AsideWish wish;
} WishMessage;

typedef struct NewsMessage {
    Aside *aside;
    AsideNews news;
} NewsMessage;

/* Wishes. */

static void take_wish(void *data)
{
    const WishMessage *message = data;
    Aside *aside = message->aside;
    const AsideWish *wish = &message->wish, *old = &aside->wish;
    aside->stale = aside->stale || wish->histogram != old->histogram ||
                   wish->tones != old->tones || wish->pixels != old->pixels;
    if (wish->again != old->again || !wish->before)
        aside->before.made.width = 0;
    if (wish->again != old->again || !view_is_same_area(wish->part, old->part))
        aside->part.made.width = 0;
    aside->wish = *wish;
}

void aside_want(Aside *aside, const AsideWish *wish)
{
    WishMessage *message = mem_new(1, sizeof *message);
    *message = (WishMessage){aside, *wish};
    dispatch_post_newest(aside->render, aside,
                         &(DispatchItem){take_wish, mem_free, message});
}

void aside_renew(Aside *aside)
{
    aside->stale = true;
    aside->part.made.width = 0;
}

/* Pictures of its own. */

static bool compile(Sidelight *light, Plan *plan, int channels, Err *err)
{
    if (light->program && light->plan == plan && light->channels == channels)
        return true;
    Program *program = compile_plan(plan, channels, err);
    if (!program)
        return false;
    program_unref(&light->program);
    plan_unref(&light->plan);
    light->program = program;
    light->plan = plan_ref(plan);
    light->channels = channels;
    return true;
}

static bool have_room(Sidelight *light, ImageInfo info, Err *err)
{
    if (light->mapped && memcmp(&light->mapped->info, &info, sizeof info) == 0)
        return true;
    image_unref(&light->mapped);
    light->mapped = image_new(info, err);
    return light->mapped;
}

/* `source` through `plan`; borrowed. NULL: no memory, or cancelled. */
static const Image *map(const Aside *aside, Sidelight *light, Plan *plan,
                        const Image *source)
{
    Err err;
    if (!plan)
        return source;
    bool fine = compile(light, plan, source->info.channels, &err) &&
                have_room(light, program_output(light->program, source->info), &err) &&
                run_image(light->program, source, light->mapped, aside->develop->pool,
                          aside->cancel);
    return fine ? light->mapped : NULL;
}

static void send(const Aside *aside, Sidelight *light, const Image *image,
                 const View *view, const ScreenLook *screen)
{
    Err err = {0};
    size_t count = (size_t)view->width * (size_t)view->height;
    Picture *picture = picture_delivery_new(&light->delivery, count, &err);
    if (!picture->pixels ||
        !screen_turn_convert(image, screen, view->quarters, &light->scratch,
                             picture->pixels, aside->develop->pool, aside->cancel,
                             &err)) {
        picture_delivery_put_back(&light->delivery, picture);
        return;
    }
    picture->view = *view;
    picture->view.pyramid = NULL;
    picture->view.before = NULL;
    picture->err = err;
    light->made = picture->view;
    picture_delivery_send(&light->delivery, picture);
}

static bool is_made(const Sidelight *light, const View *view)
{
    const View *made = &light->made;
    return made->width == view->width && made->height == view->height &&
           made->quarters == view->quarters && made->image == view->image &&
           made->colors == view->colors && made->clipping == view->clipping &&
           made->rough == view->rough && view_is_same_area(made->area, view->area);
}

static void make_before(Aside *aside, const AsideScene *scene)
{
    Err err;
    if (!aside->wish.before || is_made(&aside->before, scene->view))
        return;
    const Image *scaled = develop_scaled(aside->develop, scene->view, &err);
    const Image *image =
        scaled ? map(aside, &aside->before, scene->view->before, scaled) : NULL;
    if (image)
        send(aside, &aside->before, image, scene->view, &scene->screen);
}

static bool is_inside(ScaleArea area, ImageInfo info)
{
    return area.width >= 1 && area.height >= 1 && area.x >= 0 && area.y >= 0 &&
           area.x + area.width <= info.width && area.y + area.height <= info.height;
}

/* The part was asked for by the window's image, which may be another by now. */
static void make_part(Aside *aside, const AsideScene *scene)
{
    Err err;
    View view = *scene->view;
    view.area = aside->wish.part;
    view.width = (int)view.area.width;
    view.height = (int)view.area.height;
    if (!is_inside(view.area, pyramid_info(view.pyramid)) ||
        is_made(&aside->part, &view))
        return;
    Image *part = develop_part(aside->develop, &view, &err);
    const Image *image = part ? map(aside, &aside->part, scene->plan, part) : NULL;
    if (image)
        send(aside, &aside->part, image, &view, &scene->screen);
    image_unref(&part);
}

/* The numbers. */

/* A new reference; NULL: not known, or no memory. */
static Program *look_of(Aside *aside, const AsideScene *scene)
{
    Err err;
    int channels = pyramid_info(scene->view->pyramid).channels;
    const Develop *develop = aside->develop;
    if (!scene->look)
        return NULL;
    if (develop->program && develop->plan == scene->look &&
        develop->channels == channels)
        return program_ref(develop->program);
    if (aside->look_plan != scene->look || aside->look_channels != channels) {
        program_unref(&aside->look);
        plan_unref(&aside->look_plan);
        aside->look = compile_plan(scene->look, channels, &err);
        aside->look_plan = plan_ref(scene->look);
        aside->look_channels = channels;
    }
    return aside->look ? program_ref(aside->look) : NULL;
}

static void deliver_news(void *data)
{
    NewsMessage *message = data;
    message->aside->config.take_news(message->aside->config.context, &message->news);
}

static void news_free(void *data)
{
    NewsMessage *message = data;
    program_unref(&message->news.look);
    mem_free(message);
}

static void make_news(Aside *aside, const AsideScene *scene)
{
    const AsideWish *wish = &aside->wish;
    ImageInfo info = pyramid_info(scene->view->pyramid);
    if (!aside->stale || !(wish->histogram || wish->tones || wish->pixels))
        return;
    NewsMessage *message = mem_new(1, sizeof *message);
    AsideNews *news = &message->news;
    message->aside = aside;
    news->image = scene->view->image;
    if (wish->histogram && scene->made) {
        ClipLimits limits = clip_limits(scene->screen.clip, scene->made->info.depth);
        news->counted = histogram_count(scene->made, limits, aside->develop->pool,
                                        aside->cancel, &news->histogram);
    }
    news->look = wish->tones || wish->pixels ? look_of(aside, scene) : NULL;
    if (wish->tones && news->look) {
        tone_plot_sample(news->look, info.channels, &news->tones);
        news->plotted = true;
    }
    aside->stale = wish->histogram && !news->counted; /* it was cancelled */
    dispatch_post_newest(aside->ui, aside,
                         &(DispatchItem){deliver_news, news_free, message});
}

void aside_make(Aside *aside, const AsideScene *scene)
{
    make_before(aside, scene);
    make_part(aside, scene);
    make_news(aside, scene);
}

/* Start and end. */

static PictureDelivery delivery(const Aside *aside, picture_take_fn *take)
{
    return (PictureDelivery){.ui = aside->ui,
                             .render = aside->render,
                             .take = take,
                             .context = aside->config.context};
}

Aside *aside_new(const AsideConfig *config, Develop *develop, Dispatch *ui,
                 Dispatch *render, Cancel *cancel)
{
    Aside *aside = mem_new(1, sizeof *aside);
    aside->config = *config;
    aside->develop = develop;
    aside->ui = ui;
    aside->render = render;
    aside->cancel = cancel;
    aside->before.delivery = delivery(aside, config->take_before);
    aside->part.delivery = delivery(aside, config->take_part);
    return aside;
}

static void light_term(Sidelight *light)
{
    picture_delivery_term(&light->delivery);
    screen_scratch_term(&light->scratch);
    program_unref(&light->program);
    plan_unref(&light->plan);
    image_unref(&light->mapped);
}

void aside_free(Aside *aside)
{
    if (!aside)
        return;
    light_term(&aside->before);
    light_term(&aside->part);
    program_unref(&aside->look);
    plan_unref(&aside->look_plan);
    mem_free(aside);
}
