#include "viewer/app/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "viewer/widget/param_row.h"
#include "viewer/widget/widget.h"

void panel_init(Panel *panel, ParamSet *set, ParamValue *values)
{
    *panel = (Panel){.set = param_set_ref(set), .values = values};
    panel->field.param = -1;
    menu_close(&panel->menu);
}

void panel_term(Panel *panel)
{
    param_set_unref(&panel->set);
    mem_free(panel->values);
    panel->values = NULL;
}

bool panel_is_default(const Panel *panel)
{
    for (int i = 0; i < panel->set->count; i++)
        if (panel->values[i] != panel->set->params[i].initial)
            return false;
    return true;
}

static const Param *param_of(const Panel *panel, int index)
{
    return &panel->set->params[index];
}

static void set(Panel *panel, int index, ParamValue value)
{
    if (panel->values[index] == value)
        return;
    panel->values[index] = value;
    panel->changed = true;
}

static void nudge(Panel *panel, int index, int steps, bool coarse)
{
    ParamValue value = panel->values[index];
    for (int i = 0; i < (steps < 0 ? -steps : steps); i++)
        value = param_nudge(param_of(panel, index), value, steps < 0 ? -1 : 1, coarse);
    set(panel, index, value);
}

/* Typing a value. */

/* False: it is wrong, and the field says why. */
static bool commit(Panel *panel)
{
    NumberField *field = &panel->field;
    const Param *param = param_of(panel, field->param);
    ParamValue value;
    Err err = {0};
    if (!param_parse(param, field->text, &value, &err)) {
        snprintf(field->why, sizeof field->why, "%s", err.text);
        return false;
    }
    set(panel, field->param, value);
    number_field_end(field);
    return true;
}

/* Type the value of the slider that has the keyboard. */
static void open_field(Panel *panel)
{
    int index = panel->focus;
    char text[64];
    param_literal(param_of(panel, index), panel->values[index], text, sizeof text);
    number_field_begin(&panel->field, index, text);
}

/* A press elsewhere takes the typed text if it is a value. */
static void leave_field(Panel *panel)
{
    if (number_field_is_open(&panel->field) && !commit(panel))
        number_field_end(&panel->field);
}

/* The list. */

/* A list that is being scrolled does not stop at a slider that comes under the mouse.
 */
static const double WHEEL_MS = 700;

/* Where row `index` starts, from the top of the list; count: where the list ends. */
static int row_top(const Panel *panel, const Ui *ui, int index)
{
    int top = 0;
    for (int i = 0; i < index; i++)
        top += param_row_height(ui, param_of(panel, i));
    return top;
}

static void scroll(Panel *panel, const Ui *ui, Rect area)
{
    int height = row_top(panel, ui, panel->set->count);
    if (panel->reveal && panel->set->count) {
        int top = row_top(panel, ui, panel->focus);
        int end = top + param_row_height(ui, param_of(panel, panel->focus));
        panel->scroll = rect_clamp(panel->scroll, end - area.h, top);
    }
    panel->reveal = false;
    panel->scroll = rect_clamp(panel->scroll, 0, rect_max(height - area.h, 0));
}

/* The wheel belongs to the slider below the mouse. In a list that can be scrolled it
 * scrolls, but over the parameter that has the keyboard. */
static void take_wheel(Panel *panel, Ui *ui, Rect area)
{
    int height = row_top(panel, ui, panel->set->count);
    if (ui->in.wheel == 0 || height <= area.h || !ui_over(ui, 0, area))
        return;
    double now = thread_clock_ms();
    Rect row = {area.x, area.y - panel->scroll + row_top(panel, ui, panel->focus),
                area.w, param_row_height(ui, param_of(panel, panel->focus))};
    if (ui_over(ui, 0, row) && now - panel->wheel_ms > WHEEL_MS)
        return;
    panel->scroll -= (int)lroundf(ui->in.wheel * (float)ui_px(ui, 48));
    panel->scroll = rect_clamp(panel->scroll, 0, height - area.h);
    panel->wheel_ms = now;
    ui->in.wheel = 0;
}

static void draw_bar(const Panel *panel, Ui *ui, Rect area)
{
    int height = row_top(panel, ui, panel->set->count), width = ui_px(ui, 4);
    if (height <= area.h)
        return;
    Rect bar = {area.x + area.w - width - ui_px(ui, 2),
                area.y + (int)((double)area.h * panel->scroll / height), width,
                (int)((double)area.h * area.h / height)};
    ui_round(ui, bar, width / 2, THEME_OFF);
}

static void draw_none(Ui *ui, Rect area)
{
    ui_paragraph(ui, FONT_BODY, "This script has no parameters.",
                 rect_inset(area, ui_px(ui, PT_PAD)), THEME_DIM);
}

static void row_pass(Panel *panel, Ui *ui, int index, Rect cell)
{
    ParamRow row = {.param = param_of(panel, index),
                    .index = index,
                    .field = &panel->field,
                    .menu = &panel->menu,
                    .focus = panel->focus == index,
                    .value = panel->values[index]};
    param_row_pass(&row, ui, cell);
    if (row.focus)
        panel->focus = index;
    set(panel, index, row.value);
    nudge(panel, index, row.nudge, ui->in.coarse);
}

void panel_rows(Panel *panel, Ui *ui, Rect area)
{
    if (ui->in.pressed && !rect_has(panel->field.box, ui->in.x, ui->in.y))
        leave_field(panel);
    scroll(panel, ui, area);
    take_wheel(panel, ui, area);
    Rect before = ui_clip(ui, area);
    int y = area.y - panel->scroll;
    for (int i = 0; i < panel->set->count; i++) {
        Rect cell = {area.x, y, area.w, param_row_height(ui, param_of(panel, i))};
        if (cell.y < area.y + area.h && cell.y + cell.h > area.y)
            row_pass(panel, ui, i, cell);
        y += cell.h;
    }
    if (!panel->set->count)
        draw_none(ui, area);
    draw_bar(panel, ui, area);
    ui_clip(ui, before);
}

Rect panel_header(Panel *panel, Ui *ui, Rect area, const char *script)
{
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_HEADER);
    int button = ui_px(ui, 64), button_high = ui_px(ui, PT_BUTTON);
    Rect reset = {area.x + area.w - pad - button, area.y + (high - button_high) / 2,
                  button, button_high};
    Rect name = {area.x + pad, area.y, reset.x - area.x - 2 * pad, high};
    ui_text(ui, FONT_HEAD, script, name, UI_START, THEME_TEXT);
    WidgetLook look = panel_is_default(panel) ? WIDGET_OFF : WIDGET_PLAIN;
    if (panel->set->count &&
        widget_button(ui, UI_ID(WIDGET_BUTTON, 100), reset, "Reset", look))
        panel_act(panel, ACTION_RESET_ALL, false);
    ui_rect(ui, (Rect){area.x, area.y + high - ui_px(ui, 1), area.w, ui_px(ui, 1)},
            THEME_EDGE);
    int used = high + ui_px(ui, PT_GAP);
    return (Rect){area.x, area.y + used, area.w, area.h - used};
}

void panel_above(Panel *panel, Ui *ui, Rect bounds)
{
    if (number_field_is_open(&panel->field)) {
        int pad = ui_px(ui, PT_PAD);
        Rect room = {bounds.x + pad, bounds.y, bounds.w - 2 * pad, bounds.h};
        number_field_draw_why(&panel->field, ui, room);
    }
    if (!menu_is_open(&panel->menu))
        return;
    int index = panel->menu.param;
    int chosen = menu_pass(&panel->menu, ui, param_of(panel, index), bounds);
    if (chosen >= 0)
        set(panel, index, chosen);
    if (chosen != MENU_OPEN)
        menu_close(&panel->menu);
}

/* Keys. */

static void move_focus(Panel *panel, int step)
{
    int count = panel->set->count;
    if (count)
        panel->focus = (panel->focus + step + count) % count;
    panel->reveal = true;
}

static void number_field_keyed(Panel *panel, SDL_Keysym key)
{
    FieldKey meaning = number_field_key(&panel->field, key);
    if (meaning == FIELD_ESCAPE)
        number_field_end(&panel->field);
    else if (meaning == FIELD_ENTER)
        commit(panel);
    else if (meaning == FIELD_TAB && commit(panel))
        move_focus(panel, (key.mod & KMOD_SHIFT) ? -1 : 1);
}

bool panel_key(Panel *panel, SDL_Keysym key)
{
    if (number_field_is_open(&panel->field)) {
        number_field_keyed(panel, key);
        return true;
    }
    if (!menu_is_open(&panel->menu))
        return false;
    int index = panel->menu.param;
    int chosen = menu_key(&panel->menu, param_of(panel, index), key.sym);
    if (chosen >= 0)
        set(panel, index, chosen);
    if (chosen != MENU_OPEN)
        menu_close(&panel->menu);
    return true;
}

void panel_type(Panel *panel, const char *text)
{
    if (number_field_is_open(&panel->field))
        number_field_type(&panel->field, text);
}

static void open_focus(Panel *panel)
{
    int index = panel->focus;
    switch (param_of(panel, index)->kind) {
    case PARAM_SLIDER:
        open_field(panel);
        break;
    case PARAM_CHOICE:
        menu_open(&panel->menu, index, (int)panel->values[index], false);
        break;
    case PARAM_TOGGLE:
        nudge(panel, index, 1, false);
        break;
    }
}

void panel_act(Panel *panel, Action action, bool coarse)
{
    if (!panel->set->count)
        return;
    panel->reveal = true;
    switch (action) {
    case ACTION_FOCUS_UP:
    case ACTION_FOCUS_DOWN:
        move_focus(panel, action == ACTION_FOCUS_UP ? -1 : 1);
        break;
    case ACTION_LESS:
    case ACTION_MORE:
        nudge(panel, panel->focus, action == ACTION_LESS ? -1 : 1, coarse);
        break;
    case ACTION_RESET:
        set(panel, panel->focus, param_of(panel, panel->focus)->initial);
        break;
    case ACTION_RESET_ALL:
        for (int i = 0; i < panel->set->count; i++)
            set(panel, i, param_of(panel, i)->initial);
        break;
    case ACTION_EDIT:
        open_focus(panel);
        break;
    case ACTION_CYCLE:
        if (param_of(panel, panel->focus)->kind != PARAM_SLIDER)
            nudge(panel, panel->focus, 1, false);
        break;
    default:
        break;
    }
}
