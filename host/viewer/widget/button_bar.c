#include "viewer/widget/button_bar.h"

#include <stdio.h>

#include "viewer/widget/widget.h"

/* The parts of a row that its buttons share. */
enum { TOOLS_DOWN = 2, PARTS = 52, QUARTER = PARTS / 4 };

int button_bar_height(const Ui *ui)
{
    return TOOLS_DOWN * ui_px(ui, PT_BUTTON) + ui_px(ui, PT_GAP) +
           2 * ui_px(ui, PT_PAD);
}

/* From part `start` on. */
static Rect cell(const Ui *ui, Rect line, int start, int parts)
{
    int gap = ui_px(ui, PT_GAP), width = line.w + gap;
    int from = start * width / PARTS, to = (start + parts) * width / PARTS;
    return (Rect){line.x + from, line.y, to - from - gap, line.h};
}

static Action tool(Ui *ui, Rect rect, Action action, const char *text,
                   WidgetStyle style)
{
    UiId id = UI_ID(WIDGET_BUTTON, action);
    char name[64];
    snprintf(name, sizeof name, "button:%s", text);
    ui_place(ui, name, rect);
    bool clicked;
    if (action == ACTION_PREVIOUS || action == ACTION_NEXT)
        clicked = widget_shape_button(
            ui, id, rect, action == ACTION_NEXT ? SHAPE_RIGHT : SHAPE_LEFT, style);
    else
        clicked = widget_button(ui, id, rect, text, style);
    return clicked ? action : ACTION_NONE;
}

static WidgetStyle state_of(const ButtonBar *bar, bool lit)
{
    return !bar->picture ? WIDGET_OFF : lit ? WIDGET_LIT : WIDGET_PLAIN;
}

Action button_bar_pass(Ui *ui, Rect rect, const ButtonBar *bar)
{
    const struct {
        Action action;
        const char *text;
        WidgetStyle style;
        int row, parts;
    } buttons[] = {
        {ACTION_PREVIOUS, "Previous", bar->previous ? WIDGET_PLAIN : WIDGET_OFF, 0, 7},
        {ACTION_NEXT, "Next", bar->next ? WIDGET_PLAIN : WIDGET_OFF, 0, 7},
        {ACTION_FIT, "Fit", state_of(bar, bar->fit), 0, 9},
        {ACTION_ACTUAL, "100%", state_of(bar, bar->actual), 0, 13},
        {ACTION_BEFORE, "Before", state_of(bar, bar->before), 0, 16},
        {ACTION_OPEN, "Open", WIDGET_PLAIN, 1, QUARTER},
        {ACTION_SAVE, "Save", state_of(bar, false), 1, QUARTER},
        {ACTION_COPY, "Copy", bar->file ? WIDGET_PLAIN : WIDGET_OFF, 1, QUARTER},
        {ACTION_HELP, "Help", WIDGET_PLAIN, 1, QUARTER},
    };
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_BUTTON);
    int start[TOOLS_DOWN] = {0};
    Action clicked = ACTION_NONE;
    ui_rect(ui, (Rect){rect.x, rect.y, rect.w, ui_px(ui, 1)}, THEME_EDGE);
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
        int *from = &start[buttons[i].row];
        int y = rect.y + pad + buttons[i].row * (high + ui_px(ui, PT_GAP));
        Rect line = {rect.x + pad, y, rect.w - 2 * pad, high};
        Rect place = cell(ui, line, *from, buttons[i].parts);
        Action action =
            tool(ui, place, buttons[i].action, buttons[i].text, buttons[i].style);
        *from += buttons[i].parts;
        clicked = action ? action : clicked;
    }
    return clicked;
}
