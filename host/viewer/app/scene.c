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

void scene_forget(Scene *scene)
{
    scene->width = scene->height = 0;
}

void scene_set_image(Scene *scene, uint64_t number, ImageInfo info)
{
    scene->image = number;
    canvas_set_image(&scene->canvas, info.width, info.height);
}

void scene_take(Scene *scene, const View *view)
{
    scene->width = view->width;
    scene->height = view->height;
    scene->shown = *view;
}

static bool same_area(const ScaleArea *a, const ScaleArea *b)
{
    return a->x == b->x && a->y == b->y && a->width == b->width &&
           a->height == b->height;
}

bool scene_is_exact(const Scene *scene)
{
    CanvasView view = canvas_view(&scene->canvas);
    return scene->width && scene->shown.image == scene->image &&
           same_area(&scene->shown.area, &view.area) && scene->width == view.width &&
           scene->height == view.height;
}

static void update_place(Scene *scene)
{
    CanvasView view = canvas_view(&scene->canvas);
    DrawPlace *place = &scene->place;
    double at[4];
    if (scene->shown.image != scene->image)
        return;
    if (scene_is_exact(scene)) {
        *place = (DrawPlace){(float)view.left, (float)view.top, (float)view.width,
                             (float)view.height};
    } else {
        canvas_place(&scene->canvas, scene->shown.area, at);
        *place = (DrawPlace){(float)at[0], (float)at[1], (float)at[2], (float)at[3]};
    }
    place->x += (float)scene->room.x;
    place->y += (float)scene->room.y;
}

static void draw_picture(Scene *scene, Ui *ui, bool faded)
{
    if (!scene->width)
        return;
    update_place(scene);
    ui_picture(ui, scene->place, !scene_is_exact(scene), faded ? FADED : 255);
}

static void draw_badge(Ui *ui, Rect room, const char *text)
{
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_BUTTON);
    int width = ui_text_width(ui, FONT_BODY, text) + 2 * pad;
    Rect box = {room.x + pad, room.y + pad, width, high};
    ui_box(ui, box, THEME_BADGE);
    ui_text(ui, FONT_BODY, text, box, UI_MIDDLE, THEME_TEXT);
}

static void draw_failure(Ui *ui, Rect room, const char *text)
{
    int pad = ui_px(ui, 16), head = ui_px(ui, 28);
    int width = rect_min(room.w - 2 * pad, ui_px(ui, 420));
    Rect lines = {0, 0, width - 2 * pad, rect_max(room.h / 2 - head, 1)};
    lines.h = ui_paragraph_height(ui, FONT_BODY, text, lines);
    Rect box = {room.x + (room.w - width) / 2, 0, width, lines.h + head + 2 * pad};
    box.y = room.y + (room.h - box.h) / 2;
    ui_frame(ui, box, THEME_ALARM, THEME_ALARM_GROUND);
    Rect title = {box.x + pad, box.y + pad - ui_px(ui, 4), lines.w, head};
    ui_text(ui, FONT_HEAD, "This image cannot be shown", title, UI_START, THEME_TEXT);
    lines.x = box.x + pad;
    lines.y = box.y + pad + head;
    ui_paragraph(ui, FONT_BODY, text, lines, THEME_TEXT);
    ui_place(ui, "failure", box);
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
        if (ui_is_double(ui))
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

bool scene_pass(Scene *scene, Ui *ui, Rect room, const SceneInfo *info)
{
    bool resized = room.w != scene->room.w || room.h != scene->room.h;
    scene->room = room;
    if (resized)
        canvas_set_room(&scene->canvas, room.w, room.h, ui_px(ui, PT_PAD));
    bool moved = scene->image && handle(scene, ui);
    ui_place(ui, "room", room);
    Rect before = ui_clip(ui, room);
    ui_rect(ui, room, THEME_CANVAS);
    draw_picture(scene, ui, info->failure);
    if (info->before)
        draw_badge(ui, room, "Before");
    if (info->failure)
        draw_failure(ui, room, info->failure);
    ui_clip(ui, before);
    return moved || resized;
}
