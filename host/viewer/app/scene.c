#include "viewer/app/scene.h"

#include <math.h>
#include <string.h>

#include "viewer/widget/widget.h"

static const double WHEEL_STEP = 1.25;
enum { FADED = 70 };

void scene_init(Scene *scene)
{
    *scene = (Scene){0};
    canvas_init(&scene->canvas);
}

void scene_term(Scene *scene)
{
    if (scene->texture)
        SDL_DestroyTexture(scene->texture);
    scene->texture = NULL;
}

void scene_set_image(Scene *scene, uint64_t number, ImageInfo info)
{
    scene->image = number;
    canvas_set_image(&scene->canvas, info.width, info.height);
}

static bool have_texture(Scene *scene, SDL_Renderer *renderer, int width, int height,
                         Err *err)
{
    if (scene->texture && scene->width == width && scene->height == height)
        return true;
    SDL_Texture *texture = SDL_CreateTexture(
        renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, width, height);
    if (!texture)
        return err_set(err, ERR_ENV, "the display takes no picture of %d × %d: %s",
                       width, height, SDL_GetError());
    scene_term(scene);
    scene->texture = texture;
    scene->width = width;
    scene->height = height;
    return true;
}

bool scene_upload(Scene *scene, SDL_Renderer *renderer, const Picture *picture,
                  Err *err)
{
    const View *view = &picture->view;
    if (!have_texture(scene, renderer, view->width, view->height, err))
        return false;
    SDL_UpdateTexture(scene->texture, NULL, picture->pixels, view->width * 4);
    scene->shown = *view;
    return true;
}

static bool same_area(const ScaleArea *a, const ScaleArea *b)
{
    return a->x == b->x && a->y == b->y && a->width == b->width &&
           a->height == b->height;
}

bool scene_is_exact(const Scene *scene)
{
    CanvasView view = canvas_view(&scene->canvas);
    return scene->texture && scene->shown.image == scene->image &&
           same_area(&scene->shown.area, &view.area) && scene->width == view.width &&
           scene->height == view.height;
}

static void update_place(Scene *scene)
{
    CanvasView view = canvas_view(&scene->canvas);
    SDL_FRect *place = &scene->place;
    double at[4];
    if (scene->shown.image != scene->image)
        return;
    if (scene_is_exact(scene)) {
        *place = (SDL_FRect){(float)view.left, (float)view.top, (float)view.width,
                             (float)view.height};
    } else {
        canvas_place(&scene->canvas, scene->shown.area, at);
        *place = (SDL_FRect){(float)at[0], (float)at[1], (float)at[2], (float)at[3]};
    }
    place->x += (float)scene->room.x;
    place->y += (float)scene->room.y;
}

static void draw_picture(Scene *scene, Ui *ui, bool faded)
{
    if (!scene->texture)
        return;
    update_place(scene);
    SDL_SetTextureScaleMode(scene->texture, scene_is_exact(scene)
                                                ? SDL_ScaleModeNearest
                                                : SDL_ScaleModeLinear);
    SDL_SetTextureBlendMode(scene->texture,
                            faded ? SDL_BLENDMODE_BLEND : SDL_BLENDMODE_NONE);
    SDL_SetTextureAlphaMod(scene->texture, faded ? FADED : 255);
    SDL_RenderCopyF(ui->renderer, scene->texture, NULL, &scene->place);
}

static void draw_badge(Ui *ui, SDL_Rect room, const char *text)
{
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_BUTTON);
    int width = font_width(ui->font, FONT_BODY, text) + 2 * pad;
    SDL_Rect box = {room.x + pad, room.y + pad, width, high};
    ui_box(ui, box, (SDL_Color){0x18, 0x18, 0x18, 220});
    ui_text(ui, FONT_BODY, text, box, UI_MIDDLE, THEME_TEXT);
}

static void draw_failure(Ui *ui, SDL_Rect room, const char *text)
{
    int pad = ui_px(ui, 16), head = ui_px(ui, 28);
    int width = SDL_min(room.w - 2 * pad, ui_px(ui, 420));
    SDL_Rect lines = {0, 0, width - 2 * pad, SDL_max(room.h / 2 - head, 1)};
    bool drawing = ui->drawing;
    ui->drawing = false;
    lines.h = ui_paragraph(ui, FONT_BODY, text, lines, THEME_TEXT);
    ui->drawing = drawing;
    SDL_Rect box = {room.x + (room.w - width) / 2, 0, width, lines.h + head + 2 * pad};
    box.y = room.y + (room.h - box.h) / 2;
    ui_frame(ui, box, THEME_ALARM, THEME_ALARM_GROUND);
    SDL_Rect title = {box.x + pad, box.y + pad - ui_px(ui, 4), lines.w, head};
    ui_text(ui, FONT_HEAD, "This image cannot be shown", title, UI_START, THEME_TEXT);
    lines.x = box.x + pad;
    lines.y = box.y + pad + head;
    ui_paragraph(ui, FONT_BODY, text, lines, THEME_TEXT);
    trace_place(ui->trace, "failure", box.x, box.y, box.w, box.h);
}

/* The mouse. */

static void toggle_zoom(Scene *scene, double x, double y)
{
    if (scene->canvas.fit && canvas_zoom(&scene->canvas) != 1.0)
        canvas_actual(&scene->canvas, x, y);
    else
        canvas_fit(&scene->canvas);
}

static bool handle(Scene *scene, Ui *ui)
{
    Canvas old = scene->canvas;
    UiId id = UI_ID(WIDGET_CANVAS, 0);
    double x = ui->in.x - scene->room.x, y = ui->in.y - scene->room.y;
    if (ui_press(ui, id, scene->room)) {
        if (ui->in.clicks == 2)
            toggle_zoom(scene, x, y);
    } else if (ui->active == id) {
        canvas_pan(&scene->canvas, ui->in.x - scene->x, ui->in.y - scene->y);
        if (canvas_can_pan(&scene->canvas))
            ui->cursor = UI_MOVE;
    }
    if (ui->in.wheel != 0 && ui_over(ui, id, scene->room))
        canvas_zoom_by(&scene->canvas, pow(WHEEL_STEP, ui->in.wheel), x, y);
    scene->x = ui->in.x;
    scene->y = ui->in.y;
    CanvasView before = canvas_view(&old), after = canvas_view(&scene->canvas);
    return !same_area(&before.area, &after.area) || before.width != after.width;
}

bool scene_pass(Scene *scene, Ui *ui, SDL_Rect room, const SceneInfo *info)
{
    bool resized = room.w != scene->room.w || room.h != scene->room.h;
    scene->room = room;
    if (resized)
        canvas_set_room(&scene->canvas, room.w, room.h, ui_px(ui, PT_PAD));
    bool moved = scene->image && handle(scene, ui);
    if (!ui->drawing)
        return moved || resized;
    trace_place(ui->trace, "room", room.x, room.y, room.w, room.h);
    ui_clip(ui, &room);
    ui_rect(ui, room, THEME_CANVAS);
    draw_picture(scene, ui, info->failure);
    if (info->before)
        draw_badge(ui, room, "Before");
    if (info->failure)
        draw_failure(ui, room, info->failure);
    ui_clip(ui, NULL);
    return moved || resized;
}
