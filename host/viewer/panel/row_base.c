#include "viewer/panel/row_base.h"

#include <stdio.h>

#include "viewer/widget/widget.h"

/* The value's box at the right of `line`. It takes more than half of the line only
 * where the label leaves room. */
static Rect value_box(const Ui *ui, const char *label, const char *value, Rect line)
{
    int pad = ui_px(ui, 6), least = ui_px(ui, 72), gap = ui_px(ui, 8);
    int width = ui_text_width(ui, FONT_BODY, value) + 2 * pad;
    int most =
        rect_max(line.w / 2, line.w - ui_text_width(ui, FONT_BODY, label) - gap + pad);
    width = rect_min(rect_max(width, least), most);
    return (Rect){line.x + line.w + pad - width, line.y, width, line.h};
}

void row_base_open_field(ParamRow *row, Rect box)
{
    number_field_begin(row->field, row->index, row->param, row->value);
    row->field->box = box;
    row->focus = true;
}

/* Returns where the value starts: the label must end before it. */
static int typed_value(ParamRow *row, Ui *ui, Rect line, const char *text)
{
    const Param *param = row->param;
    char name[128];
    Rect box = value_box(ui, param->label, text, line);
    UiId id = UI_ID(WIDGET_NUMBER, row->index);
    bool over = ui_over(ui, id, box);
    snprintf(name, sizeof name, "number:%s", param->name);
    ui_place(ui, name, box);
    if (over)
        ui->cursor = UI_TEXT;
    if (row->field->param == row->index) {
        if (!param_is_number(param)) /* a text is long */
            box = (Rect){line.x - ui_px(ui, 6), line.y, line.w + 2 * ui_px(ui, 6),
                         line.h};
        number_field_pass(row->field, ui, box);
        return box.x;
    }
    if (over)
        ui_box(ui, box, THEME_HOVER);
    int pad = ui_px(ui, 6);
    Rect inside = {box.x + pad, box.y, box.w - 2 * pad, box.h};
    bool dim = !over && param_equal(row->value, param->initial);
    int width =
        ui_text(ui, FONT_BODY, text, inside, UI_END, dim ? THEME_DIM : THEME_TEXT);
    if (ui_click(ui, id, box))
        row_base_open_field(row, box);
    return over ? box.x : inside.x + inside.w - width;
}

void row_base_label(ParamRow *row, Ui *ui, Rect line, const char *text)
{
    int end = typed_value(row, ui, line, text);
    Rect label = {line.x, line.y, end - ui_px(ui, 8) - line.x, line.h};
    if (label.w > 0)
        ui_text(ui, FONT_BODY, row->param->label, label, UI_START, THEME_TEXT);
}

void row_base_take(ParamRow *row, ParamValue value)
{
    param_clear(&row->value);
    row->value = value;
}
