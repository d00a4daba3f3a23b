#include "viewer/widget/button_bar.h"

#include <stdio.h>

#include "viewer/widget/widget.h"

enum { TOOLS_DOWN = 2, TOOLS_ACROSS = 4 };

int button_bar_height(const Ui *ui)
{
    return TOOLS_DOWN * ui_px(ui, PT_BUTTON) + ui_px(ui, PT_GAP) +
           2 * ui_px(ui, PT_PAD);
}

/* Button `column` of `across` in a row. */
static Rect cell(const Ui *ui, Rect line, int column, int across)
{
    int gap = ui_px(ui, PT_GAP), width = line.w + gap;
    int from = column * width / across, to = (column + 1) * width / across;
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

Action button_bar_pass(Ui *ui, Rect rect, const ButtonBar *bar)
{
    const struct {
        Action action;
        const char *text;
        WidgetStyle style;
        int row, column, across;
    } buttons[] = {
        {ACTION_PREVIOUS, "Previous", bar->previous ? WIDGET_PLAIN : WIDGET_OFF, 0, 0,
         TOOLS_ACROSS},
        {ACTION_NEXT, "Next", bar->next ? WIDGET_PLAIN : WIDGET_OFF, 0, 1,
         TOOLS_ACROSS},
        {ACTION_FIT, "Fit", bar->fit ? WIDGET_LIT : WIDGET_PLAIN, 0, 2, TOOLS_ACROSS},
        {ACTION_ACTUAL, "100%", bar->actual ? WIDGET_LIT : WIDGET_PLAIN, 0, 3,
         TOOLS_ACROSS},
        {ACTION_BEFORE, "Before", bar->before ? WIDGET_LIT : WIDGET_PLAIN, 1, 0, 3},
        {ACTION_COPY, "Copy", WIDGET_PLAIN, 1, 1, 3},
        {ACTION_HELP, "Help", WIDGET_PLAIN, 1, 2, 3},
    };
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_BUTTON);
    Action clicked = ACTION_NONE;
    ui_rect(ui, (Rect){rect.x, rect.y, rect.w, ui_px(ui, 1)}, THEME_EDGE);
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
        int y = rect.y + pad + buttons[i].row * (high + ui_px(ui, PT_GAP));
        Rect line = {rect.x + pad, y, rect.w - 2 * pad, high};
        Action action = tool(ui, cell(ui, line, buttons[i].column, buttons[i].across),
                             buttons[i].action, buttons[i].text, buttons[i].style);
        clicked = action ? action : clicked;
    }
    return clicked;
}
