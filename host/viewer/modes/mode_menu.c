#include "viewer/modes/mode_menu.h"

#include <stdio.h>

#include "viewer/widget/widget.h"

enum { PT_LIST = 300, PT_NARROW = 560 };

/* For people: from the slowest to the fastest, as the keys F6 to F10 are;
 * opencl, which has none, comes in front of the usual one. */
static const Mode ORDER[MODES] = {MODE_PYTHON, MODE_NUMPY,  MODE_CTYPES,
                                  MODE_SINGLE, MODE_OPENCL, MODE_PARALLEL};

void mode_menu_init(ModeMenu *modes)
{
    *modes = (ModeMenu){0};
    menu_close(&modes->menu);
}

void mode_menu_take(ModeMenu *modes, const Timing *timing)
{
    modes->last[timing->mode] = *timing;
    modes->last[timing->mode].known = true;
    modes->why[timing->mode][0] = '\0';
}

void mode_menu_tell(ModeMenu *modes, Mode mode, const char *text)
{
    snprintf(modes->why[mode], MODE_WHY, "%s", text);
}

void mode_menu_open(ModeMenu *modes, Mode current, bool pressed)
{
    int entry = 0;
    while (entry < MODES - 1 && ORDER[entry] != current)
        entry++;
    Rect box = modes->menu.box;
    modes->present = current;
    menu_open(&modes->menu, 0, entry, pressed);
    modes->menu.box = box;
}

bool mode_menu_is_open(const ModeMenu *modes)
{
    return menu_is_open(&modes->menu);
}

/* The box stays: the next list opens there. */
void mode_menu_close(ModeMenu *modes)
{
    Rect box = modes->menu.box;
    menu_close(&modes->menu);
    modes->menu.box = box;
}

/* The button. */

static int longest_name(const Ui *ui)
{
    int longest = 0;
    for (int i = 0; i < MODES; i++)
        longest = rect_max(longest, ui_text_width(ui, FONT_SMALL, mode_name((Mode)i)));
    return longest;
}

/* In a narrow bar the button is as wide as the present name. */
bool mode_menu_button(ModeMenu *modes, Ui *ui, Rect *bar, Mode current)
{
    const char *name = mode_name(current);
    int pad = ui_px(ui, 8), arrow = ui_px(ui, 16);
    int text_width = bar->w < ui_px(ui, PT_NARROW) ? ui_text_width(ui, FONT_SMALL, name)
                                                   : longest_name(ui);
    int width = text_width + arrow + 3 * pad;
    Rect box = {bar->x + bar->w - width, bar->y, width, bar->h};
    UiId id = UI_ID(WIDGET_MODES, 0);
    bool over = ui_over(ui, id, box), open = mode_menu_is_open(modes);
    bool pressed = ui_press(ui, id, box);
    if (over)
        ui->cursor = UI_HAND;
    ui_rect(ui, box, open ? THEME_PRESSED : over ? THEME_HOVER : THEME_PANEL);
    ui_rect(ui, (Rect){box.x, box.y, box.w, ui_px(ui, 1)}, THEME_EDGE);
    Rect text = {box.x + pad, box.y, box.w - arrow - 3 * pad, box.h};
    ui_text(ui, FONT_SMALL, name, text, UI_END, THEME_TEXT);
    Rect shape = {box.x + box.w - pad - arrow, box.y + (box.h - arrow) / 2, arrow,
                  arrow};
    ui_shape(ui, SHAPE_DOWN, shape, THEME_DIM);
    ui_place(ui, "modes", box);
    int air = ui_px(ui, PT_GAP), list = rect_min(ui_px(ui, PT_LIST), bar->w - 2 * air);
    modes->menu.box = (Rect){bar->x + bar->w - air - list, bar->y, list, bar->h};
    bar->w -= width;
    return pressed;
}

/* The list. */

typedef struct Entries {
    const char *names[MODES], *notes[MODES];
    bool off[MODES];
    char times[MODES][48];
} Entries;

static MenuList list_of(const ModeMenu *modes, Entries *entries)
{
    int marked = -1;
    for (int i = 0; i < MODES; i++) {
        Mode mode = ORDER[i];
        const Timing *last = &modes->last[mode];
        entries->names[i] = mode_name(mode);
        marked = mode == modes->present ? i : marked;
        entries->off[i] = modes->why[mode][0];
        entries->notes[i] = entries->off[i] ? modes->why[mode] : entries->times[i];
        snprintf(entries->times[i], sizeof entries->times[i], "not run yet");
        if (last->known)
            snprintf(entries->times[i], sizeof entries->times[i], "%s%.*f ms, %.*f MP",
                     last->whole ? "whole: " : "", last->processed_ms < 10 ? 2 : 0,
                     last->processed_ms, last->megapixels < 10 ? 2 : 0,
                     last->megapixels);
    }
    return (MenuList){.count = MODES,
                      .names = entries->names,
                      .notes = entries->notes,
                      .off = entries->off,
                      .marks = true,
                      .marked = marked};
}

static bool take(ModeMenu *modes, int outcome, Mode *chosen)
{
    if (outcome == MENU_OPEN)
        return false;
    *chosen = outcome >= 0 ? ORDER[outcome] : MODES;
    mode_menu_close(modes);
    return true;
}

bool mode_menu_pass(ModeMenu *modes, Ui *ui, Rect window, Mode *chosen)
{
    Entries entries;
    MenuList list = list_of(modes, &entries);
    return take(modes, menu_pass(&modes->menu, ui, list, window), chosen);
}

bool mode_menu_key(ModeMenu *modes, SDL_Keycode key, Mode *chosen)
{
    Entries entries;
    MenuList list = list_of(modes, &entries);
    return take(modes, menu_key(&modes->menu, list, key), chosen);
}
