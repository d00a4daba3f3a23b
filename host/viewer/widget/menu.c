#include "viewer/widget/menu.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>

#include "viewer/widget/widget.h"

void menu_open(Menu *menu, int param, int current, bool pressed)
{
    *menu = (Menu){.param = param, .current = current, .fresh = pressed};
}

void menu_close(Menu *menu)
{
    *menu = (Menu){.param = -1};
}

bool menu_is_open(const Menu *menu)
{
    return menu->param >= 0;
}

/* Below the box, above it where there is more room, as many rows as fit. */
static Rect place(const Ui *ui, const Param *param, Rect box, Rect bounds, int *rows)
{
    int row = ui_px(ui, PT_BUTTON), gap = ui_px(ui, 2), pad = ui_px(ui, PT_GAP);
    int below = bounds.y + bounds.h - (box.y + box.h) - gap;
    int above = box.y - gap - bounds.y;
    int wanted = param->n_choices * row + 2 * pad;
    bool down = below >= wanted || below >= above;
    *rows = rect_clamp(((down ? below : above) - 2 * pad) / row, 1, param->n_choices);
    int height = *rows * row + 2 * pad;
    return (Rect){box.x, down ? box.y + box.h + gap : box.y - gap - height, box.w,
                  height};
}

static void keep_in_sight(Menu *menu, const Param *param)
{
    menu->first =
        rect_clamp(menu->first, menu->current - menu->rows + 1, menu->current);
    menu->first = rect_clamp(menu->first, 0, param->n_choices - menu->rows);
}

static void draw_entry(Ui *ui, const char *text, Rect row, bool lit)
{
    int pad = ui_px(ui, 8);
    if (lit)
        ui_box(ui, row, THEME_PRESSED);
    Rect line = {row.x + pad, row.y, row.w - 2 * pad, row.h};
    ui_text(ui, FONT_BODY, text, line, UI_START, THEME_TEXT);
}

/* Entry `entry`; true: chosen. */
static bool entry_pass(Menu *menu, Ui *ui, const Param *param, int entry, Rect rect)
{
    UiId id = UI_ID(WIDGET_LIST, 0);
    char name[128];
    snprintf(name, sizeof name, "choice:%s", param->choices[entry]);
    ui_place(ui, name, rect);
    if (ui_over(ui, id, rect)) {
        menu->current = ui->in.moved ? entry : menu->current;
        ui->cursor = UI_HAND;
    }
    draw_entry(ui, param->choices[entry], rect, entry == menu->current);
    return ui_click(ui, id, rect);
}

int menu_pass(Menu *menu, Ui *ui, const Param *param, Rect bounds)
{
    bool first = menu->rows == 0;
    Rect area = place(ui, param, menu->box, bounds, &menu->rows);
    UiId id = UI_ID(WIDGET_LIST, 0);
    int row = ui_px(ui, PT_BUTTON), chosen = MENU_OPEN;
    if (first)
        keep_in_sight(menu, param);
    if (ui_over(ui, id, area))
        menu->first = rect_clamp(menu->first - (int)lroundf(ui->in.wheel), 0,
                                 param->n_choices - menu->rows);
    ui_frame(ui, area, THEME_OFF, THEME_RAISED);
    Rect inside = rect_inset(area, ui_px(ui, PT_GAP));
    for (int i = 0; i < menu->rows; i++) {
        Rect rect = {inside.x, inside.y + i * row, inside.w, row};
        if (entry_pass(menu, ui, param, menu->first + i, rect))
            chosen = menu->first + i;
    }
    int width = ui_px(ui, 3);
    Rect track = {inside.x + inside.w - width, inside.y, width, inside.h};
    ui_scroll_bar(ui, track, param->n_choices, menu->first, menu->rows);
    if (ui->in.pressed && !menu->fresh && !ui_over(ui, id, area))
        chosen = MENU_CLOSED;
    menu->fresh = menu->fresh && !ui->in.released;
    return chosen;
}

/* The next entry that starts with a letter. */
static void jump(Menu *menu, const Param *param, SDL_Keycode key)
{
    for (int i = 1; i <= param->n_choices && key > ' ' && key < 127; i++) {
        int entry = (menu->current + i) % param->n_choices;
        if (tolower((unsigned char)param->choices[entry][0]) == key) {
            menu->current = entry;
            return;
        }
    }
}

int menu_key(Menu *menu, const Param *param, SDL_Keycode key)
{
    int last = param->n_choices - 1, to = menu->current;
    switch (key) {
    case SDLK_ESCAPE:
    case SDLK_TAB:
        return MENU_CLOSED;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
    case SDLK_SPACE:
        return menu->current;
    case SDLK_UP:
        to--;
        break;
    case SDLK_DOWN:
        to++;
        break;
    case SDLK_PAGEUP:
    case SDLK_HOME:
        to = 0;
        break;
    case SDLK_PAGEDOWN:
    case SDLK_END:
        to = last;
        break;
    default:
        jump(menu, param, key);
        to = menu->current;
    }
    menu->current = rect_clamp(to, 0, last);
    keep_in_sight(menu, param);
    return MENU_OPEN;
}
