#include "viewer/panel/text_rows.h"

#include <stdio.h>

#include "viewer/widget/widget.h"

/* The selected point, or how many there are. */
static void curve_text(const ParamRow *row, const CurveEdit *curve, char *text,
                       size_t size)
{
    int selected = curve_plot_selected(row->hold, row->index, curve);
    if (row->focus && selected >= 0)
        snprintf(text, size, "%.3g, %.3g", curve->points[selected].x,
                 curve->points[selected].y);
    else
        snprintf(text, size, "%d points", curve->count);
}

void text_rows_curve(ParamRow *row, Ui *ui, Rect area)
{
    const Param *param = row->param;
    int high = ui_px(ui, PT_LINE), gap = ui_px(ui, PT_GAP);
    Rect line = {area.x, area.y, area.w, high};
    int side = rect_min(area.w, area.h - high - 2 * gap);
    Rect square = {area.x + (area.w - side) / 2, area.y + high + gap, side, side};
    CurveEdit curve = curve_edit_of(row->value);
    char text[64];
    switch (curve_plot_pass(ui, UI_ID(WIDGET_CURVE, row->index), square, row->index,
                            row->hold, &curve)) {
    case CURVE_EDITED:
        row_base_take(row, curve_edit_value(&curve));
        break;
    case CURVE_RESET:
        row_base_take(row, param_copy(param->initial));
        break;
    case CURVE_NONE:
        break;
    }
    curve_text(row, &curve, text, sizeof text);
    row_base_label(row, ui, line, text);
    ui_place(ui, param->name, square);
}

void text_rows_color(ParamRow *row, Ui *ui, Rect area)
{
    const Param *param = row->param;
    int high = ui_px(ui, PT_LINE), rim = ui_px(ui, 1), rgb[3] = {0};
    Rect line = {area.x, area.y, area.w, high};
    Rect box = {area.x, area.y + high, area.w, ui_px(ui, PT_BUTTON)};
    UiId id = UI_ID(WIDGET_COLOR, row->index);
    bool open = row->picker->param == row->index, over = ui_over(ui, id, box);
    param_rgb(param_text_of(row->value), rgb);
    if (ui_press(ui, id, box)) {
        color_picker_open(row->picker, row->index, rgb, true);
        open = true;
    }
    if (open)
        row->picker->box = box;
    if (over)
        ui->cursor = UI_HAND;
    Color fill = {(uint8_t)rgb[0], (uint8_t)rgb[1], (uint8_t)rgb[2], 255};
    ui_frame(ui, box, open || over ? THEME_DIM : THEME_OFF, THEME_SUNKEN);
    ui_round(ui, rect_inset(box, 2 * rim), ui_px(ui, PT_ROUND) - 2 * rim, fill);
    row_base_label(row, ui, line, param_text_of(row->value));
    ui_place(ui, param->name, box);
}

void text_rows_file(ParamRow *row, Ui *ui, Rect area)
{
    const Param *param = row->param;
    int high = ui_px(ui, PT_LINE);
    Rect label = {area.x, area.y, area.w, high};
    Rect box = {area.x, area.y + high, area.w, ui_px(ui, PT_BUTTON)};
    bool open = row->chooser->param == row->index;
    char text[256];
    ui_text(ui, FONT_BODY, param->label, label, UI_START, THEME_TEXT);
    ui_place(ui, param->name, box);
    if (row->field->param == row->index) {
        number_field_pass(row->field, ui, box);
        return;
    }
    param_format(param, row->value, text, sizeof text);
    row->choose = widget_dropdown(ui, UI_ID(WIDGET_FILE, row->index), box, text, open);
    if (open || row->choose)
        row->chooser->box = box;
}
