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
    Rect square = {area.x, area.y + high + gap, area.w, area.w};
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
