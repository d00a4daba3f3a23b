#include "viewer/widget/param_row.h"

#include <stdio.h>

#include "viewer/widget/widget.h"

static const double ROW_POINTS[] = {
    [PARAM_SLIDER] = 48, [PARAM_CHOICE] = 60, [PARAM_TOGGLE] = 36};

static const Param *param_of(const Panel *panel, int index)
{
    return &panel->set->params[index];
}

int param_row_height(const Panel *panel, const Ui *ui, int index)
{
    return ui_px(ui, ROW_POINTS[param_of(panel, index)->kind]);
}

/* The value's box, at the right of `line`: a label needs at most the other half. */
static SDL_Rect value_box(const Ui *ui, const char *label, const char *value,
                          SDL_Rect line)
{
    int pad = ui_px(ui, 6), least = ui_px(ui, 72), gap = ui_px(ui, 8);
    int width = font_width(ui->font, FONT_BODY, value) + 2 * pad;
    int most = SDL_max(line.w / 2,
                       line.w - font_width(ui->font, FONT_BODY, label) - gap + pad);
    width = SDL_min(SDL_max(width, least), most);
    return (SDL_Rect){line.x + line.w + pad - width, line.y, width, line.h};
}

/* Returns where the value starts: the label must end before it. */
static int slider_value(Panel *panel, Ui *ui, int index, SDL_Rect line)
{
    const Param *param = param_of(panel, index);
    char text[128], name[128];
    param_format(param, panel->values[index], text, sizeof text);
    SDL_Rect box = value_box(ui, param->label, text, line);
    UiId id = UI_ID(WIDGET_NUMBER, index);
    bool over = ui_over(ui, id, box);
    snprintf(name, sizeof name, "number:%s", param->name);
    trace_place(ui->trace, name, box.x, box.y, box.w, box.h);
    if (over)
        ui->cursor = UI_TEXT;
    if (panel->edit.param == index) {
        panel->number_field_box = box;
        number_field_draw(ui, &panel->edit, box);
        return box.x;
    }
    if (over)
        ui_box(ui, box, THEME_HOVER);
    int pad = ui_px(ui, 6);
    SDL_Rect inside = {box.x + pad, box.y, box.w - 2 * pad, box.h};
    bool initial = panel->values[index] == param->initial;
    int width =
        ui_text(ui, FONT_BODY, text, inside, UI_END, initial ? THEME_DIM : THEME_TEXT);
    if (ui_click(ui, id, box))
        panel_edit(panel, index);
    return over ? box.x : inside.x + inside.w - width;
}

static void slider_row(Panel *panel, Ui *ui, int index, SDL_Rect row)
{
    const Param *param = param_of(panel, index);
    SDL_Rect line = {row.x, row.y, row.w, ui_px(ui, PT_LINE)};
    SDL_Rect rail = {row.x, row.y + line.h, row.w, ui_px(ui, PT_SLIDER)};
    int end = slider_value(panel, ui, index, line);
    SDL_Rect label = {row.x, row.y, end - ui_px(ui, 8) - row.x, line.h};
    ui_text(ui, FONT_BODY, param->label, label, UI_START, THEME_TEXT);
    Slider slider = {.position = param_position(param, panel->values[index]),
                     .origin = param_position(param, param->initial)};
    switch (widget_slider(ui, UI_ID(WIDGET_SLIDER, index), rail, panel->focus == index,
                          &slider)) {
    case SLIDER_MOVED:
        panel_set(panel, index, param_at(param, slider.position));
        break;
    case SLIDER_RESET:
        panel_set(panel, index, param->initial);
        break;
    case SLIDER_NUDGED:
        panel_nudge(panel, index, slider.nudge, ui->in.coarse);
        break;
    case SLIDER_NONE:
        break;
    }
    trace_place(ui->trace, param->name, rail.x, rail.y, rail.w, rail.h);
}

static void choice_row(Panel *panel, Ui *ui, int index, SDL_Rect row)
{
    const Param *param = param_of(panel, index);
    int high = ui_px(ui, PT_LINE);
    SDL_Rect label = {row.x, row.y, row.w, high};
    SDL_Rect box = {row.x, row.y + high, row.w, ui_px(ui, PT_BUTTON)};
    bool open = panel->menu.param == index;
    int current = (int)panel->values[index];
    ui_text(ui, FONT_BODY, param->label, label, UI_START, THEME_TEXT);
    if (open)
        panel->menu_box = box;
    if (widget_dropdown(ui, UI_ID(WIDGET_DROPDOWN, index), box, param->choices[current],
                        open)) {
        panel->menu_box = box;
        menu_open(&panel->menu, index, current, true);
    }
    trace_place(ui->trace, param->name, box.x, box.y, box.w, box.h);
}

static void toggle_row(Panel *panel, Ui *ui, int index, SDL_Rect row)
{
    const Param *param = param_of(panel, index);
    SDL_Rect line = {row.x, row.y, row.w, ui_px(ui, PT_BUTTON)};
    bool on = panel->values[index] != 0;
    if (widget_check(ui, UI_ID(WIDGET_CHECK, index), line, param->label, on))
        panel_set(panel, index, on ? 0 : 1);
    trace_place(ui->trace, param->name, line.x, line.y, line.w, line.h);
}

static void draw_focus(Ui *ui, SDL_Rect cell)
{
    int gap = ui_px(ui, PT_GAP);
    ui_box(ui, (SDL_Rect){cell.x + gap, cell.y, cell.w - 2 * gap, cell.h}, THEME_ROW);
    ui_rect(ui, (SDL_Rect){cell.x, cell.y + gap, ui_px(ui, 2), cell.h - 2 * gap},
            THEME_ACCENT);
}

void param_row_pass(Panel *panel, Ui *ui, int index, SDL_Rect cell)
{
    int pad = ui_px(ui, PT_PAD), gap = ui_px(ui, PT_GAP);
    SDL_Rect inside = {cell.x + pad, cell.y + gap, cell.w - 2 * pad, cell.h - 2 * gap};
    if (panel->focus == index)
        draw_focus(ui, cell);
    if (ui->in.pressed && !ui->active && ui_over(ui, 0, cell))
        panel->focus = index;
    switch (param_of(panel, index)->kind) {
    case PARAM_SLIDER:
        slider_row(panel, ui, index, inside);
        break;
    case PARAM_CHOICE:
        choice_row(panel, ui, index, inside);
        break;
    case PARAM_TOGGLE:
        toggle_row(panel, ui, index, inside);
        break;
    }
}
