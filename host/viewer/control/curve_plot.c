#include "viewer/control/curve_plot.h"

#include <math.h>

/* Of an arrow key and of the wheel. With Shift a drag goes in coarse steps, too. */
static const double STEP = 0.01, COARSE = 0.1, FINE = 0.001;
/* Points. */
enum { PT_INSET = 8, PT_DOT = 9, PT_REACH = 10, PT_OUT = 24 };

void curve_plot_release(CurveHold *hold)
{
    *hold = (CurveHold){.param = -1, .point = -1};
}

int curve_plot_selected(const CurveHold *hold, int param, const CurveEdit *curve)
{
    return hold->param == param && hold->point < curve->count ? hold->point : -1;
}

/* The square of 0 to 1. */
static Rect unit_of(const Ui *ui, Rect square)
{
    return rect_inset(square, ui_px(ui, PT_INSET));
}

static ParamPoint hand_in(UiHand hand, Rect unit)
{
    return (ParamPoint){(hand.x - unit.x) / rect_max(unit.w, 1),
                        1 - (hand.y - unit.y) / rect_max(unit.h, 1)};
}

static ParamPoint mouse_in(const Ui *ui, Rect unit)
{
    return hand_in((UiHand){ui->in.x, ui->in.y}, unit);
}

static void select_point(CurveHold *hold, int param, int point)
{
    *hold = (CurveHold){.param = param, .point = point};
}

/* A press: takes the point under the mouse, or adds one. */
static CurveAct press(CurveHold *hold, int param, CurveEdit *curve, int found,
                      ParamPoint at)
{
    select_point(hold, param, found);
    if (found >= 0) {
        hold->dx = curve->points[found].x - at.x;
        hold->dy = curve->points[found].y - at.y;
        return CURVE_NONE;
    }
    hold->point = curve_edit_add(curve, at.x, at.y);
    return hold->point < 0 ? CURVE_NONE : CURVE_EDITED;
}

static double on_grid(double at, bool coarse)
{
    return coarse ? round(at / COARSE) * COARSE : at;
}

/* The button is down. A point that is out comes back with the mouse. */
static CurveAct drag(CurveHold *hold, CurveEdit *curve, ParamPoint at, bool coarse,
                     bool out)
{
    double x = on_grid(at.x + hold->dx, coarse), y = on_grid(at.y + hold->dy, coarse);
    if (hold->point < 0) {
        hold->point = out ? -1 : curve_edit_add(curve, x, y);
        return hold->point < 0 ? CURVE_NONE : CURVE_EDITED;
    }
    if (out && curve_edit_remove(curve, hold->point)) {
        hold->point = -1;
        return CURVE_EDITED;
    }
    ParamPoint before = curve->points[hold->point],
               *point = &curve->points[hold->point];
    curve_edit_move(curve, hold->point, x, y);
    return point->x == before.x && point->y == before.y ? CURVE_NONE : CURVE_EDITED;
}

/* The button is held: the hand moves the point, and the mouse itself may be out. */
static CurveAct hold_on(Ui *ui, Rect square, CurveHold *hold, CurveEdit *curve)
{
    Rect beyond = rect_inset(square, -ui_px(ui, PT_OUT));
    UiHand hand = ui_hand(ui);
    if (!ui->in.moved)
        return CURVE_NONE;
    return drag(hold, curve, hand_in(hand, unit_of(ui, square)), ui->in.coarse,
                !rect_has(beyond, ui->in.x, ui->in.y));
}

static double step_of(bool coarse, bool fine)
{
    return fine ? FINE : coarse ? COARSE : STEP;
}

/* The wheel moves the selected point up and down, else the one under the mouse. */
static CurveAct roll(Ui *ui, int param, CurveHold *hold, CurveEdit *curve, int found)
{
    int steps = (int)lroundf(ui->in.wheel),
        selected = curve_plot_selected(hold, param, curve);
    int point = selected >= 0 ? selected : found;
    if (!steps || point < 0)
        return CURVE_NONE;
    ui->in.wheel = 0;
    select_point(hold, param, point);
    ParamPoint at = curve->points[point];
    curve_edit_move(curve, point, at.x,
                    at.y + steps * step_of(ui->in.coarse, ui->in.fine));
    return CURVE_EDITED;
}

static CurveAct handle(Ui *ui, UiId id, Rect square, int param, CurveHold *hold,
                       CurveEdit *curve)
{
    Rect unit = unit_of(ui, square);
    ParamPoint at = mouse_in(ui, unit);
    double reach = (double)ui_px(ui, PT_REACH) / rect_max(unit.w, 1);
    int found = curve_edit_find(curve, at.x, at.y, reach);
    if (ui_press(ui, id, square)) {
        if (!ui_is_double(ui))
            return press(hold, param, curve, found, at);
        ui->active = 0;
        curve_plot_release(hold);
        return CURVE_RESET;
    }
    if (ui->active == id && hold->param == param)
        return hold_on(ui, square, hold, curve);
    if (ui->in.wheel != 0 && ui_over(ui, id, square))
        return roll(ui, param, hold, curve, found);
    if (!ui->in.second || found < 0 || !ui_over(ui, id, square))
        return CURVE_NONE;
    ui->in.second = false;
    select_point(hold, param, -1);
    return curve_edit_remove(curve, found) ? CURVE_EDITED : CURVE_NONE;
}

static void draw_grid(Ui *ui, Rect square, Rect unit)
{
    int line = ui_px(ui, 1);
    ui_frame(ui, square, THEME_EDGE, THEME_SUNKEN);
    for (int i = 0; i <= 4; i++) {
        int x = unit.x + (unit.w - line) * i / 4, y = unit.y + (unit.h - line) * i / 4;
        ui_rect(ui, (Rect){x, unit.y, line, unit.h}, THEME_ROW);
        ui_rect(ui, (Rect){unit.x, y, unit.w, line}, THEME_ROW);
    }
    ui_curve(ui, unit, "0,0 1,1", THEME_TRACK);
}

static void draw_point(Ui *ui, Rect unit, ParamPoint point, bool selected, bool hot)
{
    int size = ui_px(ui, PT_DOT), rim = ui_px(ui, selected ? 3 : 2);
    Rect dot = {unit.x + (int)lround(point.x * unit.w) - size / 2,
                unit.y + (int)lround((1 - point.y) * unit.h) - size / 2, size, size};
    ui_shape(ui, SHAPE_DISC, rect_inset(dot, -rim),
             selected ? THEME_ACCENT : THEME_SUNKEN);
    ui_shape(ui, SHAPE_DISC, dot, hot ? THEME_KNOB_HOT : THEME_KNOB);
}

static void draw(Ui *ui, Rect square, const CurveEdit *curve, int selected, int hot)
{
    Rect unit = unit_of(ui, square);
    draw_grid(ui, square, unit);
    ParamValue value = curve_edit_value(curve);
    ui_curve(ui, unit, param_text_of(value), THEME_KNOB);
    param_clear(&value);
    for (int i = 0; i < curve->count; i++)
        draw_point(ui, unit, curve->points[i], i == selected, i == hot);
}

CurveAct curve_plot_pass(Ui *ui, UiId id, Rect square, int param, CurveHold *hold,
                         CurveEdit *curve)
{
    CurveAct act = handle(ui, id, square, param, hold, curve);
    Rect unit = unit_of(ui, square);
    ParamPoint at = mouse_in(ui, unit);
    int hot = -1, selected = curve_plot_selected(hold, param, curve);
    if (ui->active == id)
        hot = selected;
    else if (ui_over(ui, id, square))
        hot = curve_edit_find(curve, at.x, at.y,
                              (double)ui_px(ui, PT_REACH) / rect_max(unit.w, 1));
    if (ui->active == id || hot >= 0)
        ui->cursor = ui->active == id ? UI_MOVE : UI_HAND;
    draw(ui, square, curve, selected, hot);
    return act;
}

/* Keys. */

void curve_plot_next(CurveHold *hold, int param, const CurveEdit *curve)
{
    int next = curve_plot_selected(hold, param, curve) + 1;
    if (next < curve->count)
        select_point(hold, param, next);
    else
        curve_plot_release(hold);
}

static void nudge(CurveEdit *curve, int point, int right, int up, int modifiers)
{
    double step = step_of(modifiers & KMOD_SHIFT, modifiers & KMOD_CTRL);
    ParamPoint at = curve->points[point];
    curve_edit_move(curve, point, at.x + right * step, at.y + up * step);
}

bool curve_plot_key(CurveHold *hold, CurveEdit *curve, SDL_Keysym key)
{
    int point = curve_plot_selected(hold, hold->param, curve), added;
    bool arrow = key.sym == SDLK_LEFT || key.sym == SDLK_RIGHT || key.sym == SDLK_UP ||
                 key.sym == SDLK_DOWN;
    if (point < 0 || (key.mod & (KMOD_ALT | KMOD_GUI)) ||
        (key.mod & KMOD_CTRL && !arrow))
        return false;
    switch (key.sym) {
    case SDLK_LEFT:
    case SDLK_RIGHT:
        nudge(curve, point, key.sym == SDLK_LEFT ? -1 : 1, 0, key.mod);
        return true;
    case SDLK_UP:
    case SDLK_DOWN:
        nudge(curve, point, 0, key.sym == SDLK_DOWN ? -1 : 1, key.mod);
        return true;
    case SDLK_DELETE:
        if (curve_edit_remove(curve, point))
            hold->point = rect_min(point, curve->count - 1);
        return true;
    case SDLK_INSERT:
        added = curve_edit_split(curve, point);
        hold->point = added < 0 ? point : added;
        return true;
    case SDLK_ESCAPE:
        curve_plot_release(hold);
        return true;
    default:
        return false;
    }
}
