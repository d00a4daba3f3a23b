#include "viewer/panel/panel.h"

#include <SDL_clipboard.h>
#include <stdio.h>

#include "base/mem.h"

enum { ENTRY_RESET, ENTRY_COPY, ENTRY_TYPE, ENTRIES, PT_MENU = 190 };

void panel_menu_open(Panel *panel, const Ui *ui, int index, bool pressed)
{
    Rect row = panel->focus_row;
    int width = ui_px(ui, PT_MENU);
    menu_open(&panel->row_menu, index, ENTRY_RESET, false);
    panel->row_menu.box = pressed
                              ? (Rect){ui->in.x, ui->in.y, width, 1}
                              : (Rect){row.x + ui_px(ui, PT_PAD), row.y, width, row.h};
}

static void copy(Panel *panel, int index)
{
    char *text = param_literal(panel_param(panel, index), panel->values[index]);
    bool copied = SDL_SetClipboardText(text) == 0;
    snprintf(panel->told, sizeof panel->told, "%s: %s",
             copied ? "Copied" : "The clipboard failed",
             copied ? text : SDL_GetError());
    mem_free(text);
}

static void take(Panel *panel, int outcome)
{
    int index = panel->row_menu.param;
    if (outcome == MENU_OPEN)
        return;
    menu_close(&panel->row_menu);
    if (outcome == ENTRY_RESET)
        panel_set(panel, index, panel_param(panel, index)->initial);
    else if (outcome == ENTRY_COPY)
        copy(panel, index);
    else if (outcome == ENTRY_TYPE)
        number_field_begin(&panel->field, index, panel_param(panel, index),
                           panel->values[index]);
    panel->reveal = outcome == ENTRY_TYPE;
}

/* Choices and check boxes are not typed. */
static MenuList list_of(const Panel *panel, char reset[128], const char *names[ENTRIES])
{
    const Param *param = panel_param(panel, panel->row_menu.param);
    bool typed = param->kind != PARAM_CHOICE && param->kind != PARAM_TOGGLE;
    char initial[96];
    param_format(param, param->initial, initial, sizeof initial);
    if (param->kind == PARAM_CURVE)
        snprintf(reset, 128, "Reset");
    else
        snprintf(reset, 128, "Reset to %s", initial);
    names[ENTRY_RESET] = reset;
    names[ENTRY_COPY] = "Copy the value";
    names[ENTRY_TYPE] = "Type a value …";
    return (MenuList){.count = typed ? ENTRIES : ENTRIES - 1, .names = names};
}

void panel_menu_key(Panel *panel, SDL_Keycode key)
{
    char reset[128];
    const char *names[ENTRIES];
    take(panel, menu_key(&panel->row_menu, list_of(panel, reset, names), key));
}

void panel_menu_pass(Panel *panel, Ui *ui, Rect bounds)
{
    char reset[128];
    const char *names[ENTRIES];
    Rect *box = &panel->row_menu.box;
    int right = bounds.x + bounds.w - ui_px(ui, PT_GAP);
    box->x = rect_max(rect_min(box->x, right - box->w), bounds.x);
    take(panel, menu_pass(&panel->row_menu, ui, list_of(panel, reset, names), bounds));
}
