#include "viewer/widget/widget.h"

#include <math.h>
#include <stdlib.h>

bool widget_drags_value(const Ui *ui)
{
    WidgetKind kind = WIDGET_KIND(ui->active);
    return kind == WIDGET_SLIDER || kind == WIDGET_CURVE || kind == WIDGET_PICKER;
}

void widget_let_go(Ui *ui)
{
    if (widget_drags_value(ui))
        ui->active = 0;
}

static Color ground(const Ui *ui, UiId id, bool over)
{
    if (over && ui->active == id)
        return THEME_PRESSED;
    return over ? THEME_HOVER : THEME_RAISED;
}

/* The common part of the buttons; *ink is the colour of its text or shape. */
static bool button(Ui *ui, UiId id, Rect rect, WidgetStyle style, Color *ink)
{
    bool over = style != WIDGET_OFF && ui_over(ui, id, rect);
    bool clicked = style != WIDGET_OFF && ui_click(ui, id, rect);
    if (over)
        ui->cursor = UI_HAND;
    *ink = style == WIDGET_OFF ? THEME_OFF : THEME_TEXT;
    ui_box(ui, rect, style == WIDGET_LIT ? THEME_PRESSED : ground(ui, id, over));
    return clicked;
}

bool widget_button(Ui *ui, UiId id, Rect rect, const char *text, WidgetStyle style)
{
    Color ink;
    bool clicked = button(ui, id, rect, style, &ink);
    Rect inside = {rect.x + ui_px(ui, 2), rect.y, rect.w - 2 * ui_px(ui, 2), rect.h};
    bool fits = ui_text_width(ui, FONT_BODY, text) <= inside.w;
    ui_text(ui, fits ? FONT_BODY : FONT_SMALL, text, inside, UI_MIDDLE, ink);
    return clicked;
}

bool widget_shape_button(Ui *ui, UiId id, Rect rect, ShapeKind shape, WidgetStyle style)
{
    Color ink;
    bool clicked = button(ui, id, rect, style, &ink);
    ui_shape(ui, shape, rect_middle_square(rect, ui_px(ui, 16)), ink);
    return clicked;
}

/* The way of a slider's knob, which never leaves the slider's rectangle. */
typedef struct Rail {
    int start, length; /* of the knob's middle, in pixels */
} Rail;

static Rail rail_of(const Ui *ui, Rect rect)
{
    int knob = ui_px(ui, PT_KNOB);
    return (Rail){rect.x + knob / 2, rect.w - knob > 1 ? rect.w - knob : 1};
}

static int on_rail(Rail rail, double position)
{
    return rail.start + (int)lround(position * rail.length);
}

/* The default's mark, a line of `high` pixels. */
static void draw_mark(Ui *ui, Rect rect, int x, int high, Color color)
{
    int wide = ui_px(ui, 1);
    ui_rect(ui, (Rect){x - wide / 2, rect.y + rect.h / 2 - high / 2, wide, high},
            color);
}

static void draw_track(Ui *ui, Rect rect, Rail rail, const Slider *slider, Color fill)
{
    int high = ui_px(ui, PT_TRACK), middle = rect.y + rect.h / 2;
    int top = middle - high / 2, round = high / 2;
    int from = on_rail(rail, slider->origin), to = on_rail(rail, slider->position);
    Rect track = {rect.x, top, rect.w, high};
    Rect filled = {from < to ? from : to, top, abs(to - from), high};
    bool inner = slider->origin > 0 && slider->origin < 1;
    if (slider->origin <= 0) {
        filled.x -= rail.start - rect.x;
        filled.w += rail.start - rect.x;
    } else if (slider->origin >= 1) {
        filled.w += rect.x + rect.w - from;
    }
    if (inner)
        draw_mark(ui, rect, from, high + 2 * ui_px(ui, 3), THEME_OFF);
    ui_round(ui, track, round, THEME_TRACK);
    ui_round(ui, filled, inner ? 0 : round, fill);
}

static void draw_knob(Ui *ui, Rect rect, int x, Color color)
{
    int size = ui_px(ui, PT_KNOB), rim = ui_px(ui, 2);
    int middle = rect.y + rect.h / 2;
    Rect edge = {x - size / 2 - rim, middle - size / 2 - rim, size + 2 * rim,
                 size + 2 * rim};
    ui_shape(ui, SHAPE_DISC, edge, THEME_PANEL);
    ui_shape(ui, SHAPE_DISC, rect_inset(edge, rim), color);
}

/* The mouse on a slider. */
static SliderAct handle(Ui *ui, UiId id, Rect rect, Rail rail, Slider *slider)
{
    int knob = on_rail(rail, slider->position);
    if (ui_press(ui, id, rect)) {
        if (ui_is_double(ui)) {
            ui->active = 0;
            return SLIDER_RESET;
        }
        bool on_knob = abs(ui->in.x - knob) <= ui_px(ui, PT_KNOB) / 2;
        ui->grab = on_knob ? ui->in.x - knob : 0;
        if (on_knob)
            return SLIDER_NONE;
    } else if (ui->active != id) {
        slider->nudge = ui_over(ui, id, rect) ? (int)lroundf(ui->in.wheel) : 0;
        ui->in.wheel = slider->nudge ? 0 : ui->in.wheel;
        return slider->nudge ? SLIDER_NUDGED : SLIDER_NONE;
    }
    bool fine = ui->in.fine && ui->in.x != ui->at_x;
    double to = (ui_hand(ui).x - ui->grab - rail.start) / rail.length;
    slider->position = fmin(fmax(to, 0), 1);
    bool moved = fine || on_rail(rail, slider->position) != knob;
    return moved ? SLIDER_MOVED : SLIDER_NONE;
}

SliderAct widget_slider(Ui *ui, UiId id, Rect rect, bool focus, Slider *slider)
{
    Rail rail = rail_of(ui, rect);
    Slider shown = *slider;
    SliderAct act = handle(ui, id, rect, rail, slider);
    bool hot = ui->active == id || ui_over(ui, id, rect);
    if (hot)
        ui->cursor = UI_SLIDE;
    draw_track(ui, rect, rail, &shown, focus ? THEME_ACCENT : THEME_FILL);
    int knob = on_rail(rail, shown.position), origin = on_rail(rail, shown.origin);
    draw_knob(ui, rect, knob, hot ? THEME_KNOB_HOT : THEME_KNOB);
    if (abs(knob - origin) <= ui_px(ui, PT_KNOB) / 4) /* where the knob covers it */
        draw_mark(ui, rect, origin, ui_px(ui, PT_KNOB) / 2, THEME_PANEL);
    return act;
}

bool widget_check(Ui *ui, UiId id, Rect rect, const char *label, bool on)
{
    bool over = ui_over(ui, id, rect), clicked = ui_click(ui, id, rect);
    if (over)
        ui->cursor = UI_HAND;
    int size = ui_px(ui, PT_CHECK);
    Rect box = {rect.x, rect.y + (rect.h - size) / 2, size, size};
    Color edge = over ? THEME_DIM : THEME_OFF;
    ui_frame(ui, box, on ? THEME_KNOB : edge, on ? THEME_KNOB : THEME_SUNKEN);
    if (on)
        ui_shape(ui, SHAPE_CHECK, box, THEME_PANEL);
    int indent = size + ui_px(ui, 8);
    Rect text = {rect.x + indent, rect.y, rect.w - indent, rect.h};
    ui_text(ui, FONT_BODY, label, text, UI_START, THEME_TEXT);
    return clicked;
}

bool widget_dropdown(Ui *ui, UiId id, Rect rect, const char *text, bool open)
{
    bool over = ui_over(ui, id, rect), pressed = ui_press(ui, id, rect);
    if (over)
        ui->cursor = UI_HAND;
    ui_box(ui, rect, open ? THEME_PRESSED : ground(ui, id, over));
    int pad = ui_px(ui, 8), size = ui_px(ui, 16);
    Rect line = {rect.x + pad, rect.y, rect.w - 3 * pad - size, rect.h};
    ui_text(ui, FONT_BODY, text, line, UI_START, THEME_TEXT);
    Rect arrow = {rect.x + rect.w - pad - size, rect.y + (rect.h - size) / 2, size,
                  size};
    ui_shape(ui, SHAPE_DOWN, arrow, THEME_DIM);
    return pressed;
}
