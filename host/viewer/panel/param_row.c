#include "viewer/panel/param_row.h"

#include <stdio.h>

#include "viewer/panel/text_rows.h"
#include "viewer/widget/widget.h"

enum { PT_CURVE_LEAST = 64 };

static const double ROW_POINTS[] = {
    [PARAM_SLIDER] = 48, [PARAM_CHOICE] = 60, [PARAM_TOGGLE] = 36,
    [PARAM_FILE] = 60,   [PARAM_CURVE] = 36,  [PARAM_COLOR] = 60};

int param_row_height(const Ui *ui, const Param *param, int width, int room)
{
    int rest = ui_px(ui, ROW_POINTS[param->kind]);
    int square = rect_max(width - 2 * ui_px(ui, PT_PAD), 0);
    int least = rect_min(square, ui_px(ui, PT_CURVE_LEAST));
    if (param->kind != PARAM_CURVE)
        return rest;
    return rest + (room ? rect_clamp(room - rest, least, square) : square);
}

int param_row_heading_height(const Ui *ui)
{
    return ui_px(ui, PT_BUTTON);
}

static void draw_focus(Ui *ui, Rect cell)
{
    int gap = ui_px(ui, PT_GAP);
    ui_box(ui, (Rect){cell.x + gap, cell.y, cell.w - 2 * gap, cell.h}, THEME_ROW);
    ui_rect(ui, (Rect){cell.x, cell.y + gap, ui_px(ui, 2), cell.h - 2 * gap},
            THEME_ACCENT);
}

void param_row_heading(Ui *ui, Rect cell, const char *group, bool folded, bool focus)
{
    int pad = ui_px(ui, PT_PAD), gap = ui_px(ui, PT_GAP), icon = ui_px(ui, 16);
    Rect text = {cell.x + pad, cell.y + gap, cell.w - 2 * pad - icon - gap,
                 cell.h - gap};
    int beyond = ui_px(ui, 3); /* the arrow's air: it ends where the values end */
    Rect arrow = {cell.x + cell.w - pad - icon + beyond, text.y + (text.h - icon) / 2,
                  icon, icon};
    if (focus)
        draw_focus(ui, cell);
    ui_shape(ui, folded ? SHAPE_RIGHT : SHAPE_DOWN, arrow, THEME_DIM);
    char name[128];
    snprintf(name, sizeof name, "group:%s", group);
    ui_rect(ui, (Rect){cell.x, cell.y, cell.w, ui_px(ui, 1)}, THEME_EDGE);
    ui_text(ui, FONT_SMALL, group, text, UI_START, THEME_DIM);
    ui_place(ui, name, text);
}

static void slider_row(ParamRow *row, Ui *ui, Rect area)
{
    const Param *param = row->param;
    Rect line = {area.x, area.y, area.w, ui_px(ui, PT_LINE)};
    Rect rail = {area.x, area.y + line.h, area.w, ui_px(ui, PT_SLIDER)};
    char text[128];
    row_base_label(row, ui, line, param_format(param, row->value, text, sizeof text));
    Slider slider = {.position = param_position(param, row->value.number),
                     .origin = param_position(param, param->initial.number)};
    UiId id = UI_ID(WIDGET_SLIDER, row->index);
    switch (widget_slider(ui, id, rail, row->focus, &slider)) {
    case SLIDER_MOVED:
        row->value = param_number(param_at(param, slider.position, row->pace));
        break;
    case SLIDER_RESET:
        row->value = param->initial;
        break;
    case SLIDER_NUDGED:
        row->nudge = slider.nudge;
        break;
    case SLIDER_NONE:
        break;
    }
    ui_place(ui, param->name, rail);
}

static void choice_row(ParamRow *row, Ui *ui, Rect area)
{
    const Param *param = row->param;
    int high = ui_px(ui, PT_LINE), current = (int)row->value.number;
    Rect label = {area.x, area.y, area.w, high};
    Rect box = {area.x, area.y + high, area.w, ui_px(ui, PT_BUTTON)};
    UiId id = UI_ID(WIDGET_DROPDOWN, row->index);
    bool open = row->menu->param == row->index;
    ui_text(ui, FONT_BODY, param->label, label, UI_START, THEME_TEXT);
    if (widget_dropdown(ui, id, box, param->choices[current], open)) {
        menu_open(row->menu, row->index, current, true);
        open = true;
    }
    if (open)
        row->menu->box = box;
    ui_place(ui, param->name, box);
}

static void toggle_row(ParamRow *row, Ui *ui, Rect area)
{
    const Param *param = row->param;
    Rect line = {area.x, area.y, area.w, ui_px(ui, PT_BUTTON)};
    bool on = row->value.number != 0;
    if (widget_check(ui, UI_ID(WIDGET_CHECK, row->index), line, param->label, on))
        row->value = param_number(on ? 0 : 1);
    ui_place(ui, param->name, line);
}

void param_row_pass(ParamRow *row, Ui *ui, Rect cell)
{
    int pad = ui_px(ui, PT_PAD), gap = ui_px(ui, PT_GAP);
    Rect inside = {cell.x + pad, cell.y + gap, cell.w - 2 * pad, cell.h - 2 * gap};
    if (row->focus)
        draw_focus(ui, cell);
    if (row->field->param == row->index)
        row->field->row = cell;
    if (ui->in.pressed && !ui->active && ui_over(ui, 0, cell))
        row->focus = true;
    switch (row->param->kind) {
    case PARAM_SLIDER:
        slider_row(row, ui, inside);
        break;
    case PARAM_CHOICE:
        choice_row(row, ui, inside);
        break;
    case PARAM_TOGGLE:
        toggle_row(row, ui, inside);
        break;
    case PARAM_CURVE:
        text_rows_curve(row, ui, inside);
        break;
    case PARAM_COLOR:
        text_rows_color(row, ui, inside);
        break;
    case PARAM_FILE:
        text_rows_file(row, ui, inside);
        break;
    }
}
