#include "viewer/app/picture_area.h"

#include <math.h>
#include <string.h>

#include "viewer/widget/widget.h"

static const double WHEEL_STEP = 1.25;
enum { FADED = 70 };

void picture_area_init(PictureArea *picture)
{
    *picture = (PictureArea){0};
    viewport_init(&picture->viewport);
}

void picture_area_forget(PictureArea *picture)
{
    picture->width = picture->height = 0;
}

void picture_area_set_image(PictureArea *picture, uint64_t number, ImageInfo info)
{
    picture->image = number;
    viewport_set_image(&picture->viewport, info.width, info.height);
}

void picture_area_take(PictureArea *picture, const View *view)
{
    picture->width = view->width;
    picture->height = view->height;
    picture->shown = *view;
}

bool picture_area_is_exact(const PictureArea *picture)
{
    ViewportPart view = viewport_visible(&picture->viewport);
    return picture->width && picture->shown.image == picture->image &&
           view_is_same_area(picture->shown.area, view.area) &&
           picture->width == view.width && picture->height == view.height;
}

static void update_place(PictureArea *picture)
{
    ViewportPart view = viewport_visible(&picture->viewport);
    DrawPlace *place = &picture->place;
    double at[4];
    if (picture->shown.image != picture->image)
        return;
    if (picture_area_is_exact(picture)) {
        *place = (DrawPlace){(float)view.left, (float)view.top, (float)view.width,
                             (float)view.height};
    } else {
        viewport_place(&picture->viewport, picture->shown.area, at);
        *place = (DrawPlace){(float)at[0], (float)at[1], (float)at[2], (float)at[3]};
    }
    place->x += (float)picture->room.x;
    place->y += (float)picture->room.y;
}

static void draw_picture(PictureArea *picture, Ui *ui, bool faded)
{
    if (!picture->width)
        return;
    update_place(picture);
    ui_picture(ui, picture->place, !picture_area_is_exact(picture),
               faded ? FADED : 255);
}

static void draw_badge(Ui *ui, Rect room, const char *text)
{
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_BUTTON);
    int width = ui_text_width(ui, FONT_BODY, text) + 2 * pad;
    Rect box = {room.x + pad, room.y + pad, width, high};
    ui_box(ui, box, THEME_BADGE);
    ui_text(ui, FONT_BODY, text, box, UI_MIDDLE, THEME_TEXT);
}

/* A message over the picture. */
typedef struct Alarm {
    const char *name;                /* for the trace */
    const char *title, *text, *hint; /* hint: NULL: none */
    bool low;                        /* at the room's lower edge, not in its middle */
} Alarm;

static void draw_alarm(Ui *ui, Rect room, const Alarm *alarm)
{
    int pad = ui_px(ui, 16), head = ui_px(ui, 28);
    int foot = alarm->hint ? ui_px(ui, PT_LINE) : 0;
    int width = rect_min(room.w - 2 * pad, ui_px(ui, 420));
    Rect lines = {0, 0, width - 2 * pad, rect_max(room.h / 2 - head - foot, 1)};
    lines.h = ui_paragraph_height(ui, FONT_BODY, alarm->text, lines);
    Rect box = {room.x + (room.w - width) / 2, 0, width,
                lines.h + head + foot + 2 * pad};
    int space = room.h - box.h;
    box.y = room.y + (alarm->low ? rect_max(space - pad, 0) : space / 2);
    ui_frame(ui, box, THEME_ALARM, THEME_ALARM_GROUND);
    Rect title = {box.x + pad, box.y + pad - ui_px(ui, 4), lines.w, head};
    ui_text(ui, FONT_HEAD, alarm->title, title, UI_START, THEME_TEXT);
    lines.x = box.x + pad;
    lines.y = box.y + pad + head;
    ui_paragraph(ui, FONT_BODY, alarm->text, lines, THEME_TEXT);
    Rect hint = {lines.x, lines.y + lines.h + ui_px(ui, 4), lines.w, foot};
    if (alarm->hint)
        ui_text(ui, FONT_SMALL, alarm->hint, hint, UI_START, THEME_DIM);
    ui_place(ui, alarm->name, box);
}

static void draw_alarms(Ui *ui, Rect room, const PictureAreaInfo *info)
{
    Alarm image = {"failure", "This image cannot be shown", info->failure, NULL, false};
    Alarm script = {"script-failure", info->script_title, info->script_failure,
                    info->script_hint, true};
    if (info->failure)
        draw_alarm(ui, room, &image);
    if (info->script_failure)
        draw_alarm(ui, room, &script);
}

/* The mouse. */

static void toggle_zoom(PictureArea *picture, double x, double y)
{
    if (picture->viewport.fit && viewport_zoom(&picture->viewport) != 1.0)
        viewport_actual(&picture->viewport, x, y);
    else
        viewport_fit(&picture->viewport);
}

static bool handle(PictureArea *picture, Ui *ui)
{
    Viewport old = picture->viewport;
    UiId id = UI_ID(WIDGET_PICTURE, 0);
    double x = ui->in.x - picture->room.x, y = ui->in.y - picture->room.y;
    if (ui_press(ui, id, picture->room)) {
        if (ui_is_double(ui))
            toggle_zoom(picture, x, y);
    } else if (ui->active == id) {
        viewport_pan(&picture->viewport, ui->in.x - picture->x, ui->in.y - picture->y);
        if (viewport_can_pan(&picture->viewport))
            ui->cursor = UI_MOVE;
    }
    if (ui->in.wheel != 0 && ui_over(ui, id, picture->room))
        viewport_zoom_by(&picture->viewport, pow(WHEEL_STEP, ui->in.wheel), x, y);
    picture->x = ui->in.x;
    picture->y = ui->in.y;
    ViewportPart before = viewport_visible(&old),
                 after = viewport_visible(&picture->viewport);
    return !view_is_same_area(before.area, after.area) || before.width != after.width;
}

bool picture_area_pass(PictureArea *picture, Ui *ui, Rect room,
                       const PictureAreaInfo *info)
{
    bool resized = room.w != picture->room.w || room.h != picture->room.h;
    picture->room = room;
    if (resized)
        viewport_set_room(&picture->viewport, room.w, room.h, ui_px(ui, PT_PAD));
    bool moved = picture->image && handle(picture, ui);
    ui_place(ui, "room", room);
    Rect before = ui_clip(ui, room);
    ui_rect(ui, room, THEME_ROOM);
    draw_picture(picture, ui, info->failure);
    if (info->before)
        draw_badge(ui, room, "Before");
    draw_alarms(ui, room, info);
    ui_clip(ui, before);
    return moved || resized;
}
