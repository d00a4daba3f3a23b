#include "viewer/panel/panel_view.h"

#include <math.h>

#include "base/thread/thread.h"
#include "viewer/panel/param_row.h"
#include "viewer/widget/widget.h"

enum { PT_ROW_GAP = 8 }; /* above and below the presets */

/* While a list is scrolled, sliders that come under the mouse do not take the wheel. */
static const double WHEEL_MS = 700;

static int heading_height(const Panel *panel, const Ui *ui, int index)
{
    return param_begins_group(panel->set, index) ? param_row_heading_height(ui) : 0;
}

/* Of row `index`, with the heading above it, in a panel of `width`. */
static int row_height(const Panel *panel, const Ui *ui, int index, int width)
{
    if (folds_has(&panel->folds, panel->set, index))
        return heading_height(panel, ui, index);
    return heading_height(panel, ui, index) +
           param_row_height(ui, panel_param(panel, index), width, panel->room);
}

/* The top of row `index` in the list; of row `count`: the list's height. */
static int row_top(const Panel *panel, const Ui *ui, int index, int width)
{
    int top = 0;
    for (int i = 0; i < index; i++)
        top += row_height(panel, ui, i, width);
    return top;
}

static void scroll(Panel *panel, const Ui *ui, Rect area)
{
    int height = row_top(panel, ui, panel->set->count, area.w);
    if (panel->reveal && panel->set->count) {
        int top = row_top(panel, ui, panel->focus, area.w);
        int end = top + row_height(panel, ui, panel->focus, area.w);
        panel->scroll = rect_clamp(panel->scroll, end - area.h, top);
    }
    panel->reveal = false;
    panel->scroll = rect_clamp(panel->scroll, 0, rect_max(height - area.h, 0));
}

/* Does the row that has the keyboard take the wheel? A slider does, and a curve with a
 * selected point. */
static bool focus_takes_wheel(const Panel *panel)
{
    return panel_param(panel, panel->focus)->kind == PARAM_SLIDER ||
           (panel->hold.param == panel->focus && panel->hold.point >= 0);
}

/* The wheel changes the slider or the curve's point below the mouse. In a list that is
 * too long it scrolls, except over the row that has the keyboard, or with
 * Ctrl. */
static void take_wheel(Panel *panel, Ui *ui, Rect area)
{
    int height = row_top(panel, ui, panel->set->count, area.w);
    if (ui->in.wheel == 0 || ui->in.fine || height <= area.h || !ui_over(ui, 0, area))
        return;
    double now = thread_clock_ms();
    Rect row = {area.x,
                area.y - panel->scroll + row_top(panel, ui, panel->focus, area.w),
                area.w, row_height(panel, ui, panel->focus, area.w)};
    if (focus_takes_wheel(panel) && ui_over(ui, 0, row) &&
        now - panel->wheel_ms > WHEEL_MS)
        return;
    panel->scroll -= (int)lroundf(ui->in.wheel * (float)ui_px(ui, 48));
    panel->scroll = rect_clamp(panel->scroll, 0, height - area.h);
    panel->wheel_ms = now;
    ui->in.wheel = 0;
}

static void draw_none(const Panel *panel, Ui *ui, Rect area)
{
    ui_paragraph(ui, FONT_BODY, panel->blank, rect_inset(area, ui_px(ui, PT_PAD)),
                 THEME_DIM);
}

/* The heading above a group. True: it was clicked. */
static bool heading_pass(const Panel *panel, Ui *ui, int index, bool folded, Rect cell)
{
    UiId id = UI_ID(WIDGET_FOLD, index);
    if (ui_over(ui, id, cell))
        ui->cursor = UI_HAND;
    param_row_heading(ui, cell, panel_param(panel, index)->group, folded,
                      folded && panel->focus == index);
    return ui_click(ui, id, cell);
}

/* Where the rows of the mouse and of the keyboard are. */
static void note_place(Panel *panel, const Ui *ui, int index, Rect cell)
{
    if (ui_over(ui, 0, cell)) {
        panel->hover = index;
        panel->hover_row = cell;
    }
    if (panel->focus == index)
        panel->focus_row = cell;
}

/* A curve that loses the keyboard has no selected point any more. */
static void take_focus(Panel *panel, int index)
{
    if (panel->focus != index && panel->hold.param != index)
        curve_plot_release(&panel->hold);
    panel->focus = index;
}

static void offer_menu(Panel *panel, const Ui *ui, int index, Rect cell)
{
    if (!ui->in.second || !ui_over(ui, 0, cell))
        return;
    panel_leave_field(panel);
    take_focus(panel, index);
    panel_menu_open(panel, ui, index, true);
}

static void row_pass(Panel *panel, Ui *ui, int index, Rect cell)
{
    int heading = heading_height(panel, ui, index);
    bool folded = folds_has(&panel->folds, panel->set, index);
    if (heading && heading_pass(panel, ui, index, folded,
                                (Rect){cell.x, cell.y, cell.w, heading})) {
        panel_fold(panel, index);
        return; /* the rows are elsewhere now */
    }
    if (folded)
        return;
    cell.y += heading;
    cell.h -= heading;
    note_place(panel, ui, index, cell);
    bool enabled = param_is_enabled(panel->set, index, panel->values);
    bool blocked = ui->blocked;
    ui->blocked = blocked || !enabled;
    ParamRow row = {.param = panel_param(panel, index),
                    .index = index,
                    .field = &panel->field,
                    .menu = &panel->menu,
                    .hold = &panel->hold,
                    .picker = &panel->picker,
                    .chooser = &panel->chooser,
                    .focus = panel->focus == index,
                    .pace = ui->in.fine     ? PACE_FINE
                            : ui->in.coarse ? PACE_COARSE
                                            : PACE_STEP,
                    .value = param_copy(panel->values[index])};
    param_row_pass(&row, ui, cell);
    ui->blocked = blocked;
    if (!enabled)
        ui_rect(ui, cell, THEME_VEIL);
    if (row.focus)
        take_focus(panel, index);
    offer_menu(panel, ui, index, cell);
    panel_set(panel, index, row.value);
    if (row.choose)
        panel_open_chooser(panel, index, true);
    param_clear(&row.value);
    panel_nudge(panel, index, row.nudge, row.pace);
}

void panel_view_rows(Panel *panel, Ui *ui, Rect area)
{
    if (ui->in.pressed && !rect_has(panel->field.box, ui->in.x, ui->in.y))
        panel_leave_field(panel);
    scroll(panel, ui, area);
    take_wheel(panel, ui, area);
    Rect before = ui_clip(ui, area);
    int y = area.y - panel->scroll;
    panel->hover = -1;
    for (int i = 0; i < panel->set->count; i++) {
        Rect cell = {area.x, y, area.w, row_height(panel, ui, i, area.w)};
        if (cell.y < area.y + area.h && cell.y + cell.h > area.y)
            row_pass(panel, ui, i, cell);
        y += cell.h;
    }
    if (!panel->set->count)
        draw_none(panel, ui, area);
    if (panel->scroll)
        ui_rect(ui, (Rect){area.x, area.y, area.w, ui_px(ui, 1)}, THEME_EDGE);
    int width = ui_px(ui, 4);
    Rect track = {area.x + area.w - width - ui_px(ui, 2), area.y, width, area.h};
    ui_scroll_bar(ui, track, row_top(panel, ui, panel->set->count, area.w),
                  panel->scroll, area.h);
    ui_clip(ui, before);
}

Rect panel_view_header(Panel *panel, Ui *ui, Rect area, const char *script)
{
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_HEADER);
    int button_high = ui_px(ui, PT_BUTTON);
    Rect name = {area.x + pad, area.y + (high - button_high) / 2, area.w - 2 * pad,
                 button_high};
    look_menu_pass(&panel->looks, ui, name, script);
    ui_rect(ui, (Rect){area.x, area.y + high - ui_px(ui, 1), area.w, ui_px(ui, 1)},
            THEME_EDGE);
    int used = high + ui_px(ui, PT_ROW_GAP);
    return (Rect){area.x, area.y + used, area.w, area.h - used};
}

/* The preset whose values are set, which opens the menu. The list comes a moment after
 * the parameters. */
static void presets_pass(Panel *panel, Ui *ui, Rect box)
{
    PresetState *presets = &panel->presets;
    int at = preset_state_find(presets, panel->values);
    if (presets->list)
        ui_place(ui, "presets", box);
    bool open = menu_is_open(&presets->menu);
    UiId id = UI_ID(WIDGET_PRESETS, 0);
    if (widget_dropdown(ui, id, box, at < 0 ? "Presets" : presets->names[at], open) &&
        presets->list) {
        panel_leave_field(panel);
        menu_open(&presets->menu, 0, rect_max(at, 0), true);
    }
    presets->menu.box = box;
}

Rect panel_view_presets(Panel *panel, Ui *ui, Rect area)
{
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_BUTTON), button = ui_px(ui, 64);
    if (!panel->set->count)
        return area;
    Rect reset = {area.x + area.w - pad - button, area.y, button, high};
    int left = area.x + pad, gap = ui_px(ui, PT_GAP);
    Rect rest = {area.x, area.y + high + ui_px(ui, PT_ROW_GAP), area.w, 0};
    rest.h = area.y + area.h - rest.y;
    if (panel->field.param == FIELD_NAME) {
        Rect line = {left, area.y, area.w - 2 * pad, high};
        number_field_pass(&panel->field, ui, line);
        ui_place(ui, "presets", line);
        return rest;
    }
    presets_pass(panel, ui, (Rect){left, area.y, reset.x - gap - left, high});
    WidgetStyle style = panel_is_default(panel) ? WIDGET_OFF : WIDGET_PLAIN;
    UiId id = UI_ID(WIDGET_BUTTON, ACTION_RESET_ALL);
    ui_place(ui, "button:Reset", reset);
    if (widget_button(ui, id, reset, "Reset", style))
        panel_act(panel, ACTION_RESET_ALL, PACE_STEP);
    return rest;
}

Rect panel_view_error(Ui *ui, Rect area, const char *title, const char *text)
{
    int pad = ui_px(ui, PT_PAD), inner = ui_px(ui, 8), head = ui_px(ui, PT_LINE);
    int least = 2 * ui_px(ui, PT_LINE);
    if (area.h / 2 - head - 2 * inner < least) { /* the text is worth more */
        head = 0;
        inner = ui_px(ui, PT_GAP);
    }
    Rect lines = {area.x + pad + inner, 0, area.w - 2 * (pad + inner),
                  rect_max(area.h / 2 - head - 2 * inner, 1)};
    lines.h = ui_paragraph_height(ui, FONT_SMALL, text, lines);
    int height = lines.h + head + 2 * inner;
    Rect box = {area.x + pad, area.y + area.h - height - pad, area.w - 2 * pad, height};
    Rect heading = {lines.x, box.y + ui_px(ui, 6), lines.w, head};
    lines.y = box.y + inner + head;
    ui_frame(ui, box, THEME_ALARM, THEME_ALARM_GROUND);
    if (head)
        ui_text(ui, FONT_BODY, title, heading, UI_START, THEME_ALARM);
    ui_paragraph(ui, FONT_SMALL, text, lines, THEME_TEXT);
    ui_place(ui, "error", box);
    area.h -= height + 2 * pad;
    return area;
}

void panel_view_above(Panel *panel, Ui *ui, Rect bounds)
{
    if (number_field_is_open(&panel->field))
        number_field_draw_why(&panel->field, ui, bounds);
    if (menu_is_open(&panel->row_menu))
        panel_menu_pass(panel, ui, bounds);
    if (color_picker_is_open(&panel->picker)) {
        int rgb[3];
        UiId id = UI_ID(WIDGET_PICKER, 0);
        PickerAct act = color_picker_pass(&panel->picker, ui, id, bounds, rgb);
        panel_pick(panel, act, rgb);
    }
    if (file_chooser_is_open(&panel->chooser)) {
        UiId id = UI_ID(WIDGET_CHOOSER, 0);
        panel_choose_file(panel, file_chooser_pass(&panel->chooser, ui, id, bounds));
    }
    look_menu_above(&panel->looks, ui, bounds, panel->home);
    if (menu_is_open(&panel->presets.menu)) {
        MenuList entries = preset_state_entries(&panel->presets, panel->values);
        panel_choose_preset(panel,
                            menu_pass(&panel->presets.menu, ui, entries, bounds));
    }
    if (!menu_is_open(&panel->menu))
        return;
    MenuList entries = panel_choices(panel);
    panel_choose(panel, menu_pass(&panel->menu, ui, entries, bounds));
}
