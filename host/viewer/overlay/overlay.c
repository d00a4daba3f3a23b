#include "viewer/overlay/overlay.h"

#include <math.h>

#include "base/mem.h"
#include "viewer/overlay/overlay_card.h"
#include "viewer/widget/widget.h"

/* Points. */
enum { PT_LOUPE = 260, PT_GRIP = 16, PT_HANDLE = 26 };

void overlay_init(Overlay *overlay)
{
    *overlay = (Overlay){0};
    split_init(&overlay->split);
}

void overlay_term(Overlay *overlay)
{
    program_unref(&overlay->look);
    mem_free(overlay->histogram_graph.pixels);
    mem_free(overlay->tones_graph.pixels);
}

void overlay_take(Overlay *overlay, uint64_t image, const Histogram *histogram,
                  const TonePlot *tones, Program *look)
{
    overlay->image = image;
    overlay->counted = overlay->counted || histogram;
    overlay->plotted = overlay->plotted || tones;
    if (histogram)
        overlay->histogram = *histogram;
    if (tones)
        overlay->tones = *tones;
    overlay->histogram_graph.old = overlay->histogram_graph.old || histogram;
    overlay->tones_graph.old = overlay->tones_graph.old || tones;
    program_unref(&overlay->look);
    overlay->look = look;
}

void overlay_forget(Overlay *overlay)
{
    overlay->made.area.width = 0;
    overlay->histogram_graph.fresh = overlay->histogram_graph.pixels != NULL;
    overlay->tones_graph.fresh = overlay->tones_graph.pixels != NULL;
}

Color overlay_surround(const Overlay *overlay)
{
    static const Color colors[SURROUNDS] = {THEME_ROOM, THEME_SURROUND_GRAY,
                                            THEME_SURROUND_WHITE};
    return colors[overlay->surround];
}

/* The mouse. */

static void handle_divider(Overlay *overlay, Ui *ui, Rect area)
{
    UiId id = UI_ID(WIDGET_SPLIT, 0);
    Split *split = &overlay->split;
    if (split->kind == SPLIT_OFF || rect_is_empty(area))
        return;
    bool beside = split->kind == SPLIT_BESIDE;
    int mouse = beside ? ui->in.x : ui->in.y;
    Rect line = split_line(split, area, 1),
         grip = split_line(split, area, ui_px(ui, PT_GRIP));
    if (ui_press(ui, id, grip)) {
        if (ui_is_double(ui)) {
            split->at = 0.5;
            line = split_line(split, area, 1); /* where the release leaves it */
        }
        ui->grab = mouse - (beside ? line.x : line.y);
    } else if (ui->active == id && ui->in.moved) {
        split_move(split, area, ui->in.x - ui->grab, ui->in.y - ui->grab);
    }
    if (ui->active == id || ui_over(ui, id, grip))
        ui->cursor = beside ? UI_SLIDE : UI_SLIDE_DOWN;
}

static void handle_card(Overlay *overlay, Ui *ui)
{
    UiId id = UI_ID(WIDGET_CARD, 0);
    Rect box = overlay->box;
    if (rect_is_empty(box) || overlay->blank)
        return;
    bool graphs = overlay->card != CARD_FACTS;
    if (ui_click(ui, id, box) && graphs)
        overlay->log = !overlay->log;
    if (graphs && ui_over(ui, id, box))
        ui->cursor = UI_HAND;
}

void overlay_handle(Overlay *overlay, Ui *ui, const LoupeSight *sight)
{
    handle_card(overlay, ui);
    handle_divider(overlay, ui, sight->place);
}

void overlay_follow(Overlay *overlay, const Ui *ui, const LoupeSight *sight)
{
    bool over = ui_over(ui, UI_ID(WIDGET_PICTURE, 0), sight->room);
    overlay->on_pixel = over && loupe_pixel(sight, ui->in.x, ui->in.y,
                                            &overlay->pixel_x, &overlay->pixel_y);
    overlay->part = overlay->loupe && over && !overlay->blank
                        ? loupe_part(sight, ui->in.x, ui->in.y, ui_px(ui, PT_LOUPE))
                        : (LoupePart){0};
}

/* Drawing. */

/* A part of a label is worth nothing: one that is not whole in the room is left out, as
 * is that of a part of which nothing is seen. */
static void label(Ui *ui, const char *text, Rect box, int seen)
{
    Rect whole = rect_common(box, ui->clip);
    if (seen < 1 || whole.w < box.w || whole.h < box.h)
        return;
    ui_box(ui, box, THEME_BADGE);
    ui_text(ui, FONT_BODY, text, box, UI_MIDDLE, THEME_TEXT);
    rects_add(&ui->told, box);
}

/* "Before" and "After" at both sides of the divider, at its end: in the picture, beside
 * one that is too low or too narrow. */
static void draw_labels(const Overlay *overlay, Ui *ui, Rect area)
{
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_BUTTON), gap = ui_px(ui, 8);
    int wide = ui_text_width(ui, FONT_BODY, "Before") + 2 * pad;
    Rect part = split_before(&overlay->split, area);
    if (overlay->split.kind == SPLIT_BESIDE) {
        bool low = area.h < 2 * (high + pad) + ui_px(ui, PT_HANDLE);
        int x = part.x + part.w, y = area.y + area.h + (low ? gap : -pad - high);
        label(ui, "Before", (Rect){x - gap - wide, y, wide, high}, part.w);
        label(ui, "After", (Rect){x + gap, y, wide, high}, area.w - part.w);
    } else {
        bool narrow = area.w < 2 * (wide + pad) + ui_px(ui, PT_HANDLE);
        int x = area.x + (narrow ? -gap - wide : pad), y = part.y + part.h;
        label(ui, "Before", (Rect){x, y - gap - high, wide, high}, part.h);
        label(ui, "After", (Rect){x, y + gap, wide, high}, area.h - part.h);
    }
}

static void draw_handle(const Overlay *overlay, Ui *ui, Rect area, bool hot)
{
    int size = ui_px(ui, PT_HANDLE), mark = ui_px(ui, 12);
    bool beside = overlay->split.kind == SPLIT_BESIDE;
    Rect line = split_line(&overlay->split, area, 0);
    int x = beside ? line.x : area.x + area.w / 2;
    int y = beside ? area.y + area.h / 2 : line.y;
    Rect disc = {x - size / 2, y - size / 2, size, size};
    Rect low = {x - (beside ? mark : mark / 2), y - (beside ? mark / 2 : mark), mark,
                mark};
    Rect high = {low.x + (beside ? mark : 0), low.y + (beside ? 0 : mark), mark, mark};
    ui_shape(ui, SHAPE_DISC, rect_inset(disc, -ui_px(ui, 1)), THEME_EDGE);
    ui_shape(ui, SHAPE_DISC, disc, hot ? THEME_KNOB_HOT : THEME_KNOB);
    ui_shape(ui, beside ? SHAPE_LEFT : SHAPE_UP, low, THEME_PANEL);
    ui_shape(ui, beside ? SHAPE_RIGHT : SHAPE_DOWN, high, THEME_PANEL);
}

static void draw_divider(const Overlay *overlay, Ui *ui, Rect area)
{
    const Split *split = &overlay->split;
    UiId id = UI_ID(WIDGET_SPLIT, 0);
    int line = ui_px(ui, 1);
    Rect grip = split_line(split, area, ui_px(ui, PT_GRIP));
    bool hot = ui->active == id || ui_over(ui, id, grip);
    draw_labels(overlay, ui, area);
    ui_rect(ui, split_line(split, area, 4 * line), THEME_GRID_SHADE);
    ui_rect(ui, split_line(split, area, 2 * line), hot ? THEME_KNOB_HOT : THEME_KNOB);
    draw_handle(overlay, ui, area, hot);
    ui_place(ui, "divider", grip);
}

/* Thirds of the whole picture, also where only a part of it is seen. */
static void draw_grid(Ui *ui, const LoupeSight *sight)
{
    Rect at = sight->place;
    int line = ui_px(ui, 1);
    double across = at.w / sight->area.width, down = at.h / sight->area.height;
    Rect clip = ui_clip(ui, rect_common(ui->clip, at));
    for (int i = 1; i < 3; i++) {
        int x = at.x + (int)lround((sight->width * i / 3.0 - sight->area.x) * across);
        int y = at.y + (int)lround((sight->height * i / 3.0 - sight->area.y) * down);
        ui_rect(ui, (Rect){x - line, at.y, 3 * line, at.h}, THEME_GRID_SHADE);
        ui_rect(ui, (Rect){at.x, y - line, at.w, 3 * line}, THEME_GRID_SHADE);
        ui_rect(ui, (Rect){x, at.y, line, at.h}, THEME_GRID);
        ui_rect(ui, (Rect){at.x, y, at.w, line}, THEME_GRID);
    }
    ui_clip(ui, clip);
    ui_place(ui, "grid", at);
}

/* The picture of the part may be a moment older than the mouse. */
static void draw_loupe(const Overlay *overlay, Ui *ui, Turn turn)
{
    const LoupePart *part = &overlay->part;
    const OverlayPart *made = &overlay->made;
    ScaleArea wanted = turn_seen(turn, part->area), seen = turn_seen(turn, made->area);
    int line = ui_px(ui, 1);
    ui_rect(ui, rect_inset(part->box, -2 * line), THEME_EDGE);
    ui_rect(ui, rect_inset(part->box, -line), THEME_FILL);
    ui_rect(ui, part->box, THEME_ROOM);
    Rect clip = ui_clip(ui, rect_common(ui->clip, part->box));
    if (made->area.width > 0 && made->quarters == turn.quarters)
        ui_picture(ui, PICTURE_PART,
                   (DrawPlace){(float)(part->box.x + seen.x - wanted.x),
                               (float)(part->box.y + seen.y - wanted.y),
                               (float)seen.width, (float)seen.height},
                   false, 255);
    ui_clip(ui, clip);
    ui_place(ui, "loupe", part->box);
}

void overlay_draw(Overlay *overlay, Ui *ui, const LoupeSight *sight, bool compared)
{
    Rect clip = ui_clip(ui, sight->room);
    bool seen = !rect_is_empty(sight->place);
    if (overlay->grid && seen)
        draw_grid(ui, sight);
    if (overlay->split.kind != SPLIT_OFF && compared && seen)
        draw_divider(overlay, ui, sight->place);
    ui_clip(ui, clip);
    overlay_card_draw(overlay, ui);
    ui_clip(ui, sight->room);
    if (!rect_is_empty(overlay->part.box))
        draw_loupe(overlay, ui, sight->turn);
    ui_clip(ui, clip);
}
