#include "viewer/control/color_picker.h"

#include <math.h>

/* Of an arrow key and of the wheel. With Shift a drag goes in coarse steps, too. */
static const double STEP = 0.01, COARSE = 0.1, FINE = 0.001;
/* Points. */
enum { PT_HIGH = 132, PT_LEAST = 48, PT_BAR = 16, PT_MARK = 12 };

void color_picker_open(ColorPicker *picker, int param, const int rgb[3], bool pressed)
{
    ColorMix mix = color_mix_of(rgb, picker->mix);
    *picker = (ColorPicker){.param = param, .mix = mix, .fresh = pressed};
}

void color_picker_close(ColorPicker *picker)
{
    picker->param = -1;
}

bool color_picker_is_open(const ColorPicker *picker)
{
    return picker->param >= 0;
}

typedef struct Layout {
    Rect box, square, bar;
} Layout;

/* Below the swatch, above it where there is more room; lower where neither has enough.
 */
static Layout layout_of(const ColorPicker *picker, const Ui *ui, Rect bounds)
{
    int pad = ui_px(ui, 8), gap = ui_px(ui, PT_GAP), bar = ui_px(ui, PT_BAR);
    Rect swatch = picker->box;
    int below = bounds.y + bounds.h - (swatch.y + swatch.h) - gap;
    int above = swatch.y - gap - bounds.y;
    int rest = 3 * pad + bar;
    bool down = below >= ui_px(ui, PT_HIGH) + rest || below >= above;
    int high = rect_clamp((down ? below : above) - rest, ui_px(ui, PT_LEAST),
                          ui_px(ui, PT_HIGH));
    Rect box = {swatch.x, 0, swatch.w, high + rest};
    box.y = down ? swatch.y + swatch.h + gap : swatch.y - gap - box.h;
    int clear = box.y - ui_px(ui, PT_LINE); /* of the label with the value, too */
    if (!down && clear >= bounds.y)
        box.y = clear;
    box.y = rect_clamp(box.y, bounds.y, bounds.y + bounds.h - box.h);
    Rect square = {box.x + pad, box.y + pad, box.w - 2 * pad, high};
    return (Layout){box, square, {square.x, square.y + square.h + pad, square.w, bar}};
}

static Color color_of(ColorMix mix)
{
    int rgb[3];
    color_mix_rgb(mix, rgb);
    return (Color){(uint8_t)rgb[0], (uint8_t)rgb[1], (uint8_t)rgb[2], 255};
}

/* The part of `length` from `start` that is at `at`; in coarse steps. */
static double part(double at, int start, int length, bool coarse)
{
    double part = fmin(fmax((at - start) / rect_max(length - 1, 1), 0), 1);
    return coarse ? round(part / COARSE) * COARSE : part;
}

/* The place of a part. */
static double place(double part, int start, int length)
{
    return start + part * (length - 1);
}

/* A press near the mark at (x, y) holds it where it is. */
static void take_hold(ColorPicker *picker, const Ui *ui, double x, double y)
{
    double reach = ui_px(ui, PT_MARK) / 2.0 + ui_px(ui, 3);
    bool near = hypot(ui->in.x - x, ui->in.y - y) <= reach;
    picker->dx = near ? x - ui->in.x : 0;
    picker->dy = near ? y - ui->in.y : 0;
}

static double step_of(bool coarse, bool fine)
{
    return fine ? FINE : coarse ? COARSE : STEP;
}

static double moved(double at, int steps, double step)
{
    return fmin(fmax(round((at + steps * step) * 1000) / 1000, 0), 1);
}

/* The wheel over `rect` changes *value. */
static bool roll(Ui *ui, UiId id, Rect rect, double *value)
{
    int steps = (int)lroundf(ui->in.wheel);
    if (!steps || ui->active || !ui_over(ui, id, rect))
        return false;
    ui->in.wheel = 0;
    *value = moved(*value, steps, step_of(ui->in.coarse, ui->in.fine));
    return true;
}

static bool drag_square(ColorPicker *picker, Ui *ui, UiId id, Rect square)
{
    if (ui_over(ui, id, square) || ui->active == id)
        ui->cursor = UI_HAND;
    ColorMix *mix = &picker->mix;
    if (ui_press(ui, id, square))
        take_hold(picker, ui, place(mix->saturation, square.x, square.w),
                  place(1 - mix->value, square.y, square.h));
    else if (ui->active != id)
        return roll(ui, id, square, &mix->value);
    UiHand hand = ui_hand(ui);
    bool coarse = ui->in.coarse;
    picker->bar = false;
    mix->saturation = part(hand.x + picker->dx, square.x, square.w, coarse);
    mix->value = 1 - part(hand.y + picker->dy, square.y, square.h, coarse);
    return true;
}

static bool drag_bar(ColorPicker *picker, Ui *ui, UiId id, Rect bar)
{
    if (ui_over(ui, id, bar) || ui->active == id)
        ui->cursor = UI_SLIDE;
    double *hue = &picker->mix.hue;
    if (ui_press(ui, id, bar))
        take_hold(picker, ui, place(*hue, bar.x, bar.w), ui->in.y);
    else if (ui->active != id)
        return roll(ui, id, bar, hue);
    picker->bar = true;
    *hue = part(ui_hand(ui).x + picker->dx, bar.x, bar.w, ui->in.coarse);
    return true;
}

/* A ring around a place, seen on bright and dark. */
static void draw_mark(Ui *ui, int x, int y, Color color, bool lit)
{
    int size = ui_px(ui, PT_MARK), rim = ui_px(ui, 2);
    Rect dot = {x - size / 2, y - size / 2, size, size};
    ui_shape(ui, SHAPE_DISC, rect_inset(dot, -rim - ui_px(ui, 1)), THEME_EDGE);
    ui_shape(ui, SHAPE_DISC, rect_inset(dot, -rim),
             lit ? THEME_ACCENT : THEME_KNOB_HOT);
    ui_shape(ui, SHAPE_DISC, dot, color);
}

static void draw_square(Ui *ui, Rect square, ColorMix mix, bool lit)
{
    const Color white = THEME_GRAY(255), clear = {0, 0, 0, 0}, black = {0, 0, 0, 255};
    ui_blend(ui, square, white, color_of((ColorMix){mix.hue, 1, 1}), false);
    ui_blend(ui, square, clear, black, true);
    draw_mark(ui, square.x + (int)lround(mix.saturation * (square.w - 1)),
              square.y + (int)lround((1 - mix.value) * (square.h - 1)), color_of(mix),
              lit);
}

static void draw_bar(Ui *ui, Rect bar, ColorMix mix, bool lit)
{
    for (int i = 0; i < 6; i++) {
        int from = bar.x + bar.w * i / 6, to = bar.x + bar.w * (i + 1) / 6;
        ui_blend(ui, (Rect){from, bar.y, to - from, bar.h},
                 color_of((ColorMix){i / 6.0, 1, 1}),
                 color_of((ColorMix){(i + 1) / 6.0, 1, 1}), false);
    }
    draw_mark(ui, bar.x + (int)lround(mix.hue * (bar.w - 1)), bar.y + bar.h / 2,
              color_of((ColorMix){mix.hue, 1, 1}), lit);
}

PickerAct color_picker_pass(ColorPicker *picker, Ui *ui, UiId id, Rect bounds,
                            int rgb[3])
{
    Layout layout = layout_of(picker, ui, bounds);
    bool picked = !picker->fresh && (drag_square(picker, ui, id, layout.square) ||
                                     drag_bar(picker, ui, id + 1, layout.bar));
    bool beside =
        ui->in.pressed && !picker->fresh && !picked && !ui_over(ui, 0, layout.box);
    picker->fresh = picker->fresh && !ui->in.released;
    ui_frame(ui, layout.box, THEME_OFF, THEME_RAISED);
    draw_square(ui, layout.square, picker->mix, !picker->bar);
    draw_bar(ui, layout.bar, picker->mix, picker->bar);
    ui_place(ui, "picker", layout.square);
    ui_place(ui, "hues", layout.bar);
    color_mix_rgb(picker->mix, rgb);
    return beside ? PICKER_CLOSED : picked ? PICKER_PICKED : PICKER_NONE;
}

/* The keyboard's arrows: `right` and `up` are -1, 0 or 1. */
static void move(ColorPicker *picker, int right, int up, int modifiers)
{
    double step = step_of(modifiers & KMOD_SHIFT, modifiers & KMOD_CTRL);
    if (picker->bar) {
        picker->mix.hue = moved(picker->mix.hue, right + up, step);
        return;
    }
    picker->mix.saturation = moved(picker->mix.saturation, right, step);
    picker->mix.value = moved(picker->mix.value, up, step);
}

PickerAct color_picker_key(ColorPicker *picker, SDL_Keysym key, int rgb[3])
{
    switch (key.sym) {
    case SDLK_ESCAPE:
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
    case SDLK_SPACE:
        return PICKER_CLOSED;
    case SDLK_TAB:
        picker->bar = !picker->bar;
        return PICKER_NONE;
    case SDLK_LEFT:
    case SDLK_RIGHT:
        move(picker, key.sym == SDLK_LEFT ? -1 : 1, 0, key.mod);
        break;
    case SDLK_UP:
    case SDLK_DOWN:
        move(picker, 0, key.sym == SDLK_DOWN ? -1 : 1, key.mod);
        break;
    default:
        return PICKER_NONE;
    }
    color_mix_rgb(picker->mix, rgb);
    return PICKER_PICKED;
}
