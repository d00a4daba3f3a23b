#include "viewer/app/seeing.h"

#include "base/log.h"
#include "image/disk_image.h"
#include "viewer/app/app_file.h"

/* A picture that cannot be shown is left out: the window says why for the main one. */
static bool show(App *app, DrawPicture which, const Picture *picture)
{
    const View *view = &picture->view;
    Err err;
    app->clock.dirty = true;
    if (view->image == app->picture.image &&
        painter_set_picture(&app->painter, which, picture->pixels,
                            view_screen_width(view), view_screen_height(view), &err))
        return true;
    return false;
}

void seeing_take_before(void *context, const Picture *picture)
{
    App *app = context;
    if (show(app, PICTURE_BEFORE, picture))
        picture_area_take_before(&app->picture, &picture->view);
}

void seeing_take_part(void *context, const Picture *picture)
{
    App *app = context;
    if (show(app, PICTURE_PART, picture))
        app->overlay.made = (OverlayPart){picture->view.image, picture->view.area,
                                          picture->view.quarters};
}

void seeing_take_news(void *context, AsideNews *news)
{
    App *app = context;
    Overlay *overlay = &app->overlay;
    if (news->image != app->picture.image)
        return;
    overlay_take(overlay, news->image, news->counted ? &news->histogram : NULL,
                 news->plotted ? &news->tones : NULL, news->look);
    news->look = NULL;
    app->clock.dirty =
        app->clock.dirty || overlay->card != CARD_NONE || overlay->on_pixel;
}

/* Once a picture, when it is asked for and all of it is there. */
static void update_facts(App *app)
{
    Overlay *overlay = &app->overlay;
    if (overlay->card != CARD_FACTS || !app->source ||
        overlay->facts_image == app->picture.image)
        return;
    overlay->facts = picture_facts(app->source, app->path, app->colors.profile);
    overlay->facts_image = app->picture.image;
}

void seeing_forget(App *app)
{
    overlay_forget(&app->overlay);
    app->overlay.wish.again++;
    render_aside(app->render, &app->overlay.wish);
}

bool seeing_is_split(const App *app)
{
    return app->overlay.split.kind != SPLIT_OFF && app->pyramid &&
           !app->file.err.kind && !wanted_view_is_before(&app->view);
}

static void show_graph(App *app, DrawPicture which, OverlayGraph *graph)
{
    Err err;
    if (graph->fresh && !painter_set_picture(&app->painter, which, graph->pixels,
                                             graph->width, graph->height, &err))
        log_error("%s", err.text);
    graph->fresh = false;
}

void seeing_show_graphs(App *app)
{
    show_graph(app, PICTURE_HISTOGRAM, &app->overlay.histogram_graph);
    show_graph(app, PICTURE_TONES, &app->overlay.tones_graph);
}

static AsideWish wish_of(const App *app)
{
    const Overlay *overlay = &app->overlay;
    bool tones = overlay->card == CARD_TONES;
    return (AsideWish){.histogram = tones || overlay->card == CARD_HISTOGRAM,
                       .tones = tones,
                       .pixels = overlay->on_pixel,
                       .before = seeing_is_split(app),
                       .part = overlay->part.area,
                       .again = app->overlay.wish.again};
}

static bool is_same(const AsideWish *a, const AsideWish *b)
{
    return a->histogram == b->histogram && a->tones == b->tones &&
           a->pixels == b->pixels && a->before == b->before &&
           view_is_same_area(a->part, b->part);
}

/* Is the mouse over a pixel of the picture in full? */
static bool is_on_source(const App *app)
{
    const Overlay *overlay = &app->overlay;
    bool shown = app->picture.now.view.image == app->picture.image;
    return overlay->on_pixel && shown && app->source && !app->file.err.kind &&
           overlay->pixel_x < app->source->info.width &&
           overlay->pixel_y < app->source->info.height;
}

static const uint8_t *pixel_at(const Image *image, int x, int y)
{
    ImageInfo one = image->info;
    one.width = 1;
    return image_row(image, y) + (size_t)x * image_row_bytes(one);
}

static void update_far_pixel(App *app)
{
    const Overlay *overlay = &app->overlay;
    PixelSpot spot = {app->picture.image, overlay->pixel_x, overlay->pixel_y};
    if (is_on_source(app) && disk_image_is(app->source))
        far_pixel_want(&app->far_pixel, app->source, spot);
}

/* With a conversion at its end the plan says nothing about the file's values: the look
 * alone is asked for once. */
void seeing_update(App *app)
{
    AsideWish wish = wish_of(app);
    update_facts(app);
    update_far_pixel(app);
    if (!is_same(&wish, &app->overlay.wish)) {
        app->overlay.wish = wish;
        render_aside(app->render, &wish);
    }
    bool converted = app->colors.conversion && !app->view.bare;
    if (converted && (app->overlay.wish.tones || app->overlay.wish.pixels) &&
        app->overlay.look_serial != app->values.serial)
        app->values.changed = true;
}

const char *seeing_pixel(const App *app, char text[PIXEL_VALUE_TEXT])
{
    const Overlay *overlay = &app->overlay;
    const Image *source = app->source;
    const Program *look = overlay->image == app->picture.image ? overlay->look : NULL;
    PixelSpot spot = {app->picture.image, overlay->pixel_x, overlay->pixel_y};
    const uint8_t *pixel = NULL;
    if (!is_on_source(app))
        return NULL;
    if (!disk_image_is(source)) {
        pixel = pixel_at(source, spot.x, spot.y);
    } else if (app->far_pixel.known.picture == spot.picture) {
        spot = app->far_pixel.known;
        pixel = app->far_pixel.bytes;
    }
    if (pixel)
        pixel_value_text(source->info, spot.x, spot.y, pixel, look, text);
    return pixel ? text : NULL;
}

PictureMenuState seeing_menu_state(const App *app)
{
    const Overlay *overlay = &app->overlay;
    return (PictureMenuState){.bindings = &app->keys.bindings,
                              .undo = history_has(&app->edit.history, -1),
                              .redo = history_has(&app->edit.history, 1),
                              .card = overlay->card != CARD_NONE,
                              .clipping = overlay->clipping,
                              .split = overlay->split.kind == SPLIT_BESIDE,
                              .grid = overlay->grid,
                              .hidden = chrome_is_hidden(&app->chrome),
                              .full = app->chrome.full};
}
