#include "viewer/tips/tips.h"

#include "base/thread/thread.h"
#include "viewer/tips/bar_tip.h"
#include "viewer/tips/button_tip.h"
#include "viewer/tips/param_tip.h"

/* The uppermost widget under the mouse that has a note, which is written; NULL: none
 * has. */
static const DrawCommand *find_widget(const App *app, TipText *tip)
{
    const DrawList *list = &app->ui.list;
    int x = app->ui.in.x, y = app->ui.in.y;
    for (int i = list->count - 1; i >= 0; i--) {
        const DrawCommand *command = &list->commands[i];
        if (command->kind != DRAW_PLACE || !rect_has(command->rect, x, y) ||
            !rect_has(command->clip, x, y))
            continue;
        const char *name = draw_list_text(list, command);
        if (bar_tip(app, name, tip) || button_tip(app, name, tip))
            return command;
    }
    return NULL;
}

void tips_pass(App *app, Rect window, bool covered)
{
    const UiInput *in = &app->ui.in;
    TipText text = {0};
    Tip *tip = &app->tip;
    if (!app->ui.recording)
        return;
    tip->waits = tip->shown = false;
    if (covered || in->down || in->middle || in->x < 0 ||
        number_field_is_open(&app->panel.field))
        return;
    const DrawCommand *widget = find_widget(app, &text);
    int hover = app->panel.hover;
    Rect of = widget ? widget->rect : hover >= 0 ? app->panel.hover_row : (Rect){0};
    tip_rest(tip, of, thread_clock_ms());
    if (!tip->shown)
        return;
    if (!widget)
        text = param_tip(panel_param(&app->panel, hover), app->panel.values[hover],
                         &app->keys.bindings);
    TipLines lines = {text.title, text.text, text.keys};
    tip_draw(&app->ui, window, of, &lines);
}
