#include "viewer/overlay/picture_area.h"

#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "viewer/ui/text_line.h"
#include "viewer/widget/widget.h"

enum { FADED = 70 };

void picture_area_init(PictureArea *picture)
{
    *picture = (PictureArea){0};
    viewport_init(&picture->viewport);
}

void picture_area_forget(PictureArea *picture)
{
    picture->now.view.width = picture->before.view.width = 0;
}

void picture_area_set_image(PictureArea *picture, uint64_t number, ImageInfo info,
                            int quarters)
{
    bool swaps = turn_swaps(quarters);
    picture->image = number;
    picture->turn = (Turn){quarters, info.width, info.height};
    viewport_set_image(&picture->viewport, swaps ? info.height : info.width,
                       swaps ? info.width : info.height);
}

void picture_area_turn(PictureArea *picture, int quarters)
{
    picture->turn.quarters = turn_by(picture->turn.quarters, quarters);
    viewport_turn(&picture->viewport, turn_by(0, quarters));
}

void picture_area_take(PictureArea *picture, const View *view)
{
    picture->now.view = *view;
}

void picture_area_take_before(PictureArea *picture, const View *view)
{
    picture->before.view = *view;
}

static bool is_exact(const PictureArea *picture, const PictureLayer *layer)
{
    ViewportPart part = viewport_visible(&picture->viewport);
    const View *view = &layer->view;
    return view->width && view->image == picture->image &&
           view->quarters == picture->turn.quarters &&
           view_is_same_area(view->area, turn_stored(picture->turn, part.area)) &&
           view_screen_width(view) == part.width &&
           view_screen_height(view) == part.height;
}

bool picture_area_is_exact(const PictureArea *picture)
{
    return is_exact(picture, &picture->now);
}

LoupeSight picture_area_sight(const PictureArea *picture)
{
    const Viewport *viewport = &picture->viewport;
    ViewportPart part = viewport_visible(viewport);
    Rect room = picture->room;
    return (LoupeSight){
        .place = {room.x + part.left, room.y + part.top, part.width, part.height},
        .area = part.area,
        .turn = picture->turn,
        .width = viewport->image_width,
        .height = viewport->image_height,
        .room = room};
}

/* What was made for another turn stays where it is until the new picture comes. */
static void update_place(const PictureArea *picture, PictureLayer *layer)
{
    ViewportPart view = viewport_visible(&picture->viewport);
    DrawPlace *place = &layer->place;
    double at[4];
    if (layer->view.image != picture->image ||
        layer->view.quarters != picture->turn.quarters)
        return;
    if (is_exact(picture, layer)) {
        *place = (DrawPlace){(float)view.left, (float)view.top, (float)view.width,
                             (float)view.height};
    } else {
        viewport_place(&picture->viewport, turn_seen(picture->turn, layer->view.area),
                       at);
        *place = (DrawPlace){(float)at[0], (float)at[1], (float)at[2], (float)at[3]};
    }
    place->x += (float)picture->room.x;
    place->y += (float)picture->room.y;
}

static void draw_picture(PictureArea *picture, Ui *ui, bool faded)
{
    if (!picture->now.view.width)
        return;
    update_place(picture, &picture->now);
    ui_picture(ui, PICTURE_NOW, picture->now.place, !picture_area_is_exact(picture),
               faded ? FADED : 255);
}

/* The picture before another image's is of no use. */
static void draw_before(PictureArea *picture, Ui *ui, Rect part)
{
    PictureLayer *layer = &picture->before;
    if (!layer->view.width || layer->view.image != picture->now.view.image ||
        layer->view.quarters != picture->now.view.quarters)
        return;
    update_place(picture, layer);
    Rect clip = ui_clip(ui, rect_common(ui->clip, part));
    ui_picture(ui, PICTURE_BEFORE, layer->place, !is_exact(picture, layer), 255);
    ui_clip(ui, clip);
}

/* In the upper left corner, or the upper right one. */
static Rect badge_box(const Ui *ui, Rect room, const char *text, bool right)
{
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_BUTTON);
    int width = ui_text_width(ui, FONT_BODY, text) + 2 * pad;
    width = rect_min(width, room.w - 2 * pad);
    int x = right ? room.w - width - pad : pad;
    return (Rect){room.x + x, room.y + pad, width, high};
}

static void draw_badge(Ui *ui, Rect box, const char *text, Color ink)
{
    ui_box(ui, box, THEME_BADGE);
    ui_text(ui, FONT_BODY, text, box, UI_MIDDLE, ink);
    ui_place(ui, "badge", box);
    rects_add(&ui->told, box);
}

/* The mark of a stale picture is a button. */
static bool stale_clicked(Ui *ui, Rect room, const char *text)
{
    UiId id = UI_ID(WIDGET_RESUME, 0);
    Rect box = badge_box(ui, room, text, false);
    if (ui_over(ui, id, box))
        ui->cursor = UI_HAND;
    return ui_click(ui, id, box);
}

/* The mark that another file is on its way: its name has the room that the rest leaves.
 */
static void draw_reading(Ui *ui, Rect room, const PictureAreaInfo *info)
{
    char name[TEXT_LINE_BYTES], text[TEXT_LINE_BYTES + 48], after[32] = " …";
    const char *before = info->partial ? "" : "Reading ";
    if (info->partial)
        snprintf(after, sizeof after, " is being written …");
    else if (info->percent)
        snprintf(after, sizeof after, " %d%%", info->percent);
    int rest = room.w - 4 * ui_px(ui, PT_PAD) - ui_text_width(ui, FONT_BODY, before) -
               ui_text_width(ui, FONT_BODY, after);
    text_line_fit(&ui->measure, FONT_BODY, path_name(info->reading),
                  rect_min(room.w / 2, rest), name);
    snprintf(text, sizeof text, "%s%s%s", before, name, after);
    draw_badge(ui, badge_box(ui, room, text, true), text, THEME_TEXT);
    ui_note(ui, "reading", text);
}

/* In the middle, where the first picture will be. */
static void draw_awaited(Ui *ui, Rect room, const char *folder)
{
    char text[1024];
    int pad = ui_px(ui, PT_PAD);
    snprintf(text, sizeof text, "Waiting for the first picture in %s", folder);
    int width = rect_min(ui_text_width(ui, FONT_BODY, text), room.w - 4 * pad);
    Rect lines = {room.x + (room.w - width) / 2, 0, rect_max(width, 1), room.h / 2};
    lines.h = ui_paragraph_height(ui, FONT_BODY, text, lines);
    lines.y = room.y + (room.h - lines.h) / 2;
    Rect box = rect_inset(lines, -pad);
    ui_box(ui, box, THEME_BADGE);
    ui_paragraph(ui, FONT_BODY, text, lines, THEME_TEXT);
    ui_place(ui, "badge", box);
    rects_add(&ui->told, box);
    ui_note(ui, "awaited", text);
}

/* In a window without pictures: what to do about it. True: it was clicked. */
static bool invitation_pass(Ui *ui, Rect room, const char *how)
{
    static const char title[] = "Drop photographs or a folder here";
    UiId id = UI_ID(WIDGET_INVITATION, 0);
    int pad = ui_px(ui, 20), gap = ui_px(ui, 8);
    int wanted = rect_max(ui_text_width(ui, FONT_HEAD, title),
                          ui_text_width(ui, FONT_BODY, how));
    Rect lines = {0, 0, rect_min(wanted, rect_max(room.w - 4 * pad, 1)), room.h / 2};
    int head = ui_paragraph_height(ui, FONT_HEAD, title, lines);
    int foot = ui_paragraph_height(ui, FONT_BODY, how, lines);
    Rect box = {0, 0, lines.w + 2 * pad, head + gap + foot + 2 * pad};
    box.x = room.x + (room.w - box.w) / 2;
    box.y = room.y + (room.h - box.h) / 2;
    bool over = ui_over(ui, id, box);
    if (over)
        ui->cursor = UI_HAND;
    ui_frame(ui, box, THEME_OFF, over ? THEME_RAISED : THEME_PANEL);
    lines.x = box.x + pad;
    lines.y = box.y + pad;
    ui_paragraph(ui, FONT_HEAD, title, lines, THEME_TEXT);
    lines.y += head + gap;
    ui_paragraph(ui, FONT_BODY, how, lines, THEME_DIM);
    ui_place(ui, "invitation", box);
    rects_add(&ui->told, box);
    return ui_click(ui, id, box);
}

/* A message over the picture. */
typedef struct Alarm {
    const char *name;                /* for the trace */
    const char *title, *text, *hint; /* hint: NULL: none */
    bool low;                        /* at the room's lower edge, not in its middle */
} Alarm;

/* Returns its box. */
static Rect draw_alarm(Ui *ui, Rect room, const Alarm *alarm)
{
    const char *hint = alarm->hint ? alarm->hint : "";
    int pad = ui_px(ui, 16), gap = ui_px(ui, 6);
    int width = rect_min(room.w - 2 * pad, ui_px(ui, 420));
    Rect lines = {room.x + (room.w - width) / 2 + pad, 0, width - 2 * pad,
                  rect_max(room.h / 4, ui_px(ui, 3 * PT_LINE))};
    int head = ui_paragraph_height(ui, FONT_HEAD, alarm->title, lines) + gap;
    int foot = *hint ? ui_paragraph_height(ui, FONT_SMALL, hint, lines) + gap : 0;
    int least = rect_min(room.h - 2 * pad - head - foot, ui_px(ui, 3 * PT_LINE));
    lines.h = rect_max(rect_max(room.h / 2 - head - foot, least), 1);
    lines.h = ui_paragraph_height(ui, FONT_BODY, alarm->text, lines);
    Rect box = {lines.x - pad, 0, width, head + lines.h + foot + 2 * pad};
    int space = room.h - box.h;
    box.y = room.y + (alarm->low ? rect_max(space - pad, 0) : space / 2);
    ui_frame(ui, box, THEME_ALARM, THEME_ALARM_GROUND);
    ui_paragraph(ui, FONT_HEAD, alarm->title,
                 (Rect){lines.x, box.y + pad, lines.w, head}, THEME_TEXT);
    lines.y = box.y + pad + head;
    ui_paragraph(ui, FONT_BODY, alarm->text, lines, THEME_TEXT);
    ui_paragraph(ui, FONT_SMALL, hint,
                 (Rect){lines.x, lines.y + lines.h + gap, lines.w, foot}, THEME_DIM);
    ui_place(ui, alarm->name, box);
    rects_add(&ui->told, box);
    return box;
}

static void draw_alarms(Ui *ui, Rect room, const PictureAreaInfo *info)
{
    Alarm image = {"failure", "This image cannot be shown", info->failure, NULL, false};
    Alarm script = {"script-failure", info->script_title, info->script_failure,
                    info->script_hint, true};
    if (info->script_failure)
        room.h = draw_alarm(ui, room, &script).y - room.y;
    if (info->failure)
        draw_alarm(ui, room, &image);
}

/* The mouse. */

static bool handle(PictureArea *picture, Ui *ui)
{
    Viewport old = picture->viewport;
    UiId id = UI_ID(WIDGET_PICTURE, 0);
    picture->twice = false;
    if (ui_press(ui, id, picture->room)) {
        picture->twice = ui_is_double(ui);
    } else if (ui->active == id || ui->in.middle) {
        viewport_pan(&picture->viewport, ui->in.x - picture->x, ui->in.y - picture->y);
        if (viewport_can_pan(&picture->viewport))
            ui->cursor = UI_MOVE;
    }
    picture->x = ui->in.x;
    picture->y = ui->in.y;
    ViewportPart before = viewport_visible(&old),
                 after = viewport_visible(&picture->viewport);
    return !view_is_same_area(before.area, after.area) || before.width != after.width;
}

bool picture_area_pass(PictureArea *picture, Ui *ui, Rect room,
                       const PictureAreaInfo *info)
{
    int margin = ui_px(ui, PT_PAD);
    bool resized = room.w != picture->room.w || room.h != picture->room.h ||
                   margin != picture->viewport.margin;
    picture->room = room;
    if (resized)
        viewport_set_room(&picture->viewport, room.w, room.h, margin);
    picture->resume = info->stale && stale_clicked(ui, info->seen, info->stale);
    bool moved = picture->image && handle(picture, ui);
    ui_place(ui, "room", room);
    Rect before = ui_clip(ui, room);
    ui_rect(ui, room, info->surround);
    draw_picture(picture, ui, info->failure);
    if (!rect_is_empty(info->split))
        draw_before(picture, ui, info->split);
    if (info->before)
        draw_badge(ui, badge_box(ui, info->seen, "Before", false), "Before",
                   THEME_TEXT);
    else if (info->stale)
        draw_badge(ui, badge_box(ui, info->seen, info->stale, false), info->stale,
                   THEME_ACCENT);
    if (info->reading)
        draw_reading(ui, info->seen, info);
    if (info->awaited)
        draw_awaited(ui, info->seen, info->awaited);
    picture->open = info->empty && invitation_pass(ui, info->seen, info->empty);
    draw_alarms(ui, info->seen, info);
    ui_clip(ui, before);
    return moved || resized;
}
