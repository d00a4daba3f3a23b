#include "viewer/control/color_picker.h"

#include <math.h>

static const double STEP = 0.01; /* of an arrow key; with Shift ten times as far */
/* Points. */
enum { PT_HIGH = 132, PT_LEAST = 48, PT_BAR = 16, PT_MARK = 12 };

void color_picker_open(ColorPicker *picker, int param, const int rgb[3], bool pressed)
{
    *picker = (ColorPicker){.param = param, .fresh = pressed};
    picker->mix = color_mix_of(rgb, picker->mix);
}

void color_picker_close(ColorPicker *picker)
{
    *picker = (ColorPicker){.param = -1};
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

/* The part of `length` from `start` that the mouse is at. */
static double part(int at, int start, int length)
{
    return fmin(fmax((double)(at - start) / rect_max(length - 1, 1), 0), 1);
}

static bool drag_square(ColorPicker *picker, Ui *ui, UiId id, Rect square)
{
    if (ui_over(ui, id, square) || ui->active == id)
        ui->cursor = UI_HAND;
    if (!ui_press(ui, id, square) && ui->active != id)
        return false;
    picker->bar = false;
    picker->mix.saturation = part(ui->in.x, square.x, square.w);
    picker->mix.value = 1 - part(ui->in.y, square.y, square.h);
    return true;
}

static bool drag_bar(ColorPicker *picker, Ui *ui, UiId id, Rect bar)
{
    if (ui_over(ui, id, bar) || ui->active == id)
        ui->cursor = UI_SLIDE;
    if (!ui_press(ui, id, bar) && ui->active != id)
        return false;
    picker->bar = true;
    picker->mix.hue = part(ui->in.x, bar.x, bar.w);
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

static double moved(double at, int direction, double step)
{
    return fmin(fmax(round((at + direction * step) * 1000) / 1000, 0), 1);
}

/* The keyboard's arrows: `right` and `up` are -1, 0 or 1. */
static void move(ColorPicker *picker, int right, int up, bool coarse)
{
    double step = coarse ? 10 * STEP : STEP;
    if (picker->bar) {
        picker->mix.hue = moved(picker->mix.hue, right + up, step);
        return;
    }
    picker->mix.saturation = moved(picker->mix.saturation, right, step);
    picker->mix.value = moved(picker->mix.value, up, step);
}

PickerAct color_picker_key(ColorPicker *picker, SDL_Keysym key, int rgb[3])
{
    bool coarse = key.mod & KMOD_SHIFT;
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
        move(picker, key.sym == SDLK_LEFT ? -1 : 1, 0, coarse);
        break;
    case SDLK_UP:
    case SDLK_DOWN:
        move(picker, 0, key.sym == SDLK_DOWN ? -1 : 1, coarse);
        break;
    default:
        return PICKER_NONE;
    }
    color_mix_rgb(picker->mix, rgb);
    return PICKER_PICKED;
}
