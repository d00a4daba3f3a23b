#include "viewer/widget/menu.h"

#include <math.h>
#include <stdio.h>

#include "base/thread/thread.h"
#include "viewer/widget/widget.h"

enum { PT_MARK = 16 };

static const char SURE[] = "delete?"; /* of an entry that is armed */

void menu_open(Menu *menu, int param, int current, bool pressed)
{
    *menu = (Menu){.param = param, .current = current, .armed = -1, .fresh = pressed};
}

void menu_close(Menu *menu)
{
    *menu = (Menu){.param = -1};
}

bool menu_is_open(const Menu *menu)
{
    return menu->param >= 0;
}

/* The width of an entry's texts. */
static int texts_width(const Ui *ui, MenuList list, int entry)
{
    int width = ui_text_width(ui, FONT_BODY, list.names[entry]);
    if (list.notes)
        width += ui_px(ui, 8) + ui_text_width(ui, FONT_SMALL, list.notes[entry]);
    return width;
}

/* As wide as the box, or as whole texts need, up to half of the window. */
static Rect across(const Ui *ui, MenuList list, Rect box)
{
    int pad = ui_px(ui, 8), gap = ui_px(ui, PT_GAP), texts = 0;
    int fixed = 2 * pad + 2 * gap + (list.marks ? ui_px(ui, PT_MARK) : 0) +
                (list.removable ? ui_px(ui, PT_BUTTON) : 0);
    for (int i = 0; i < list.count; i++)
        texts = rect_max(texts, texts_width(ui, list, i));
    int width = rect_min(texts + fixed, ui->window.w / 2);
    if (width <= box.w)
        return box;
    int right = rect_min(box.x + width, ui->window.x + ui->window.w - gap);
    return (Rect){right - width, box.y, width, box.h};
}

/* Below the box, above it where there is more room, as many rows as fit. */
static Rect place(const Ui *ui, MenuList list, Rect box, Rect bounds, int *rows)
{
    int row = ui_px(ui, PT_BUTTON), gap = ui_px(ui, 2), pad = ui_px(ui, PT_GAP);
    int below = bounds.y + bounds.h - (box.y + box.h) - gap;
    int above = box.y - gap - bounds.y;
    int wanted = list.count * row + 2 * pad;
    bool down = below >= wanted || below >= above;
    box = across(ui, list, box);
    *rows = rect_clamp(((down ? below : above) - 2 * pad) / row, 1, list.count);
    int height = *rows * row + 2 * pad;
    return (Rect){box.x, down ? box.y + box.h + gap : box.y - gap - height, box.w,
                  height};
}

static void keep_in_sight(Menu *menu, MenuList list)
{
    menu->first =
        rect_clamp(menu->first, menu->current - menu->rows + 1, menu->current);
    menu->first = rect_clamp(menu->first, 0, list.count - menu->rows);
}

static void draw_mark(Ui *ui, Rect row)
{
    int size = ui_px(ui, PT_MARK);
    ui_shape(ui, SHAPE_CHECK,
             (Rect){row.x + ui_px(ui, 4), row.y + (row.h - size) / 2, size, size},
             THEME_TEXT);
}

/* `current`: on the lighter ground, where dim text would be too faint. */
static void draw_entry(Ui *ui, MenuList list, int entry, bool current, Rect row)
{
    int pad = ui_px(ui, 8), indent = list.marks ? ui_px(ui, PT_MARK) : 0;
    bool off = list.off && list.off[entry];
    Rect line = {row.x + pad + indent, row.y, row.w - 2 * pad - indent, row.h};
    if (list.marks && (entry == list.marked || (list.on && list.on[entry]))) {
        draw_mark(ui, row);
        ui_note(ui, "marked", list.names[entry]);
    }
    int width = ui_text(ui, FONT_BODY, list.names[entry], line, UI_START,
                        off ? THEME_DIM : THEME_TEXT);
    Rect note = {line.x + width + pad, line.y, line.w - width - pad, line.h};
    if (!list.notes || note.w <= 0)
        return;
    ui_note(ui, off ? "off" : "entry", list.notes[entry]);
    ui_text(ui, FONT_SMALL, list.notes[entry], note, UI_END,
            current ? THEME_TEXT : THEME_DIM);
}

static bool is_removable(MenuList list, int entry)
{
    return list.removable && list.removable[entry];
}

/* The first call arms an entry, the second removes it. */
static bool strike(Menu *menu, MenuList list, int entry)
{
    bool sure = menu->armed == entry;
    menu->armed = is_removable(list, entry) ? entry : -1;
    return sure;
}

static Rect cross_of(const Ui *ui, Rect row, bool armed)
{
    int wide = armed ? ui_text_width(ui, FONT_SMALL, SURE) + ui_px(ui, 16) : row.h;
    return (Rect){row.x + row.w - wide, row.y, wide, row.h};
}

/* True: the entry is to be removed. */
static bool cross_pass(Menu *menu, Ui *ui, MenuList list, int entry, Rect cross)
{
    UiId id = UI_ID(WIDGET_LIST, entry + 1);
    bool over = ui_over(ui, id, cross), armed = menu->armed == entry;
    char name[128];
    snprintf(name, sizeof name, "remove:%s", list.names[entry]);
    ui_place(ui, name, cross);
    if (over) {
        menu->current = ui->in.moved ? entry : menu->current;
        ui->cursor = UI_HAND;
    }
    if (armed) {
        ui_box(ui, rect_inset(cross, ui_px(ui, 2)), THEME_ALARM_GROUND);
        ui_text(ui, FONT_SMALL, SURE, cross, UI_MIDDLE, THEME_ALARM);
    } else {
        ui_shape(ui, SHAPE_CROSS, rect_middle_square(cross, ui_px(ui, PT_MARK)),
                 over ? THEME_TEXT : THEME_DIM);
    }
    return ui_click(ui, id, cross) && strike(menu, list, entry);
}

/* Entry `entry`; true: chosen. */
static bool entry_pass(Menu *menu, Ui *ui, MenuList list, int entry, Rect rect,
                       bool *removed)
{
    UiId id = UI_ID(WIDGET_LIST, 0);
    char name[128];
    snprintf(name, sizeof name, "choice:%s", list.names[entry]);
    if (ui_over(ui, id, rect)) {
        menu->current = ui->in.moved ? entry : menu->current;
        ui->cursor = UI_HAND;
    }
    if (entry == menu->current)
        ui_box(ui, rect, THEME_PRESSED);
    if (is_removable(list, entry)) {
        Rect cross = cross_of(ui, rect, menu->armed == entry);
        rect.w = cross.x - rect.x;
        *removed = cross_pass(menu, ui, list, entry, cross) || *removed;
    }
    ui_place(ui, name, rect);
    draw_entry(ui, list, entry, entry == menu->current, rect);
    return ui_click(ui, id, rect);
}

/* The outcome of removing an entry. */
static int take_out(Menu *menu, int entry)
{
    menu->current = entry;
    menu->armed = -1;
    return MENU_REMOVE;
}

int menu_pass(Menu *menu, Ui *ui, MenuList list, Rect bounds)
{
    int row = ui_px(ui, PT_BUTTON), chosen = MENU_OPEN, before = menu->rows;
    Rect area = place(ui, list, menu->box, bounds, &menu->rows);
    UiId id = UI_ID(WIDGET_LIST, 0);
    int rolled = ui_over(ui, id, area) ? (int)lroundf(ui->in.wheel) : 0;
    if (menu->rows != before) /* also in a window of another size */
        keep_in_sight(menu, list);
    menu->first = rect_clamp(menu->first - rolled, 0, list.count - menu->rows);
    ui_frame(ui, area, THEME_OFF, THEME_RAISED);
    Rect inside = rect_inset(area, ui_px(ui, PT_GAP));
    for (int i = 0; i < menu->rows; i++) {
        Rect rect = {inside.x, inside.y + i * row, inside.w, row};
        bool removed = false;
        if (list.apart && menu->first + i == list.apart)
            ui_rect(ui, (Rect){rect.x, rect.y, rect.w, ui_px(ui, 1)}, THEME_PRESSED);
        if (entry_pass(menu, ui, list, menu->first + i, rect, &removed))
            chosen = menu->first + i;
        if (removed)
            chosen = take_out(menu, menu->first + i);
    }
    int width = ui_px(ui, 3);
    Rect track = {inside.x + inside.w - width, inside.y, width, inside.h};
    ui_scroll_bar(ui, track, list.count, menu->first, menu->rows);
    if (ui->in.pressed && !menu->fresh && !rect_has(area, ui->in.x, ui->in.y))
        chosen = MENU_CLOSED;
    menu->fresh = menu->fresh && !ui->in.released;
    return chosen;
}

static const char *name_at(const void *names, int entry)
{
    return ((const char *const *)names)[entry];
}

int menu_key(Menu *menu, MenuList list, SDL_Keycode key)
{
    int last = list.count - 1, to = menu->current;
    switch (key) {
    case SDLK_ESCAPE:
    case SDLK_TAB:
        return MENU_CLOSED;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
    case SDLK_SPACE:
        return menu->current;
    case SDLK_DELETE:
        return strike(menu, list, menu->current) ? take_out(menu, menu->current)
                                                 : MENU_OPEN;
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
        to = type_ahead_key(&menu->typed,
                            &(TypeAheadList){list.names, list.count, name_at}, to, key,
                            thread_clock_ms());
    }
    menu->current = rect_clamp(to, 0, last);
    keep_in_sight(menu, list);
    return MENU_OPEN;
}
