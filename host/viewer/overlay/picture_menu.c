#include "viewer/overlay/picture_menu.h"

#include <string.h>

#include "base/mem.h"

enum { PT_WIDE = 240, HISTORY = 2 }; /* points; undo and redo */

static const struct {
    const char *name, *action;
} ENTRIES[] = {
    {"Undo", "undo"},
    {"Redo", "redo"},
    {"Histogram, camera data", "info"},
    {"Clipped pixels", "clipping"},
    {"Before beside after", "split"},
    {"Grid of thirds", "grid"},
    {"Turn the view", "turn-right"},
    {"Surround", "surround"},
    {"Full screen", "fullscreen"},
    {"Hide panel and bar", "hide"},
    {"Save as …", "save-as"},
    {"Export a .cube table", "export"},
    {"Copy the values", "copy-values"},
    {"Paste values", "paste-values"},
};
enum { COUNT = sizeof ENTRIES / sizeof *ENTRIES };

void picture_menu_open(Menu *menu, const Ui *ui, int x, int y)
{
    menu_open(menu, 0, HISTORY, false);
    menu->box = (Rect){x, y, ui_px(ui, PT_WIDE), 0};
}

typedef struct Entries {
    const char *names[COUNT], *notes[COUNT];
    char *keys[COUNT]; /* owned */
    bool off[COUNT], on[COUNT];
} Entries;

static bool is_on(const PictureMenuState *state, const char *action)
{
    const struct {
        const char *action;
        bool on;
    } marks[] = {{"info", state->card},       {"clipping", state->clipping},
                 {"split", state->split},     {"grid", state->grid},
                 {"fullscreen", state->full}, {"hide", state->hidden}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(marks[i].action, action) == 0)
            return marks[i].on;
    return false;
}

static MenuList list_of(const PictureMenuState *state, Entries *entries)
{
    ActionTable table = state->bindings->table;
    for (int i = 0; i < COUNT; i++) {
        const char *action = ENTRIES[i].action;
        int row = action_row_find(table, action, strlen(action));
        entries->names[i] = ENTRIES[i].name;
        entries->keys[i] = bindings_labels(state->bindings, row);
        entries->notes[i] = entries->keys[i];
        entries->on[i] = is_on(state, action);
        entries->off[i] = (strcmp(action, "undo") == 0 && !state->undo) ||
                          (strcmp(action, "redo") == 0 && !state->redo);
    }
    return (MenuList){.count = COUNT,
                      .names = entries->names,
                      .notes = entries->notes,
                      .off = entries->off,
                      .marks = true,
                      .marked = -1,
                      .on = entries->on,
                      .apart = HISTORY};
}

static const char *take(Menu *menu, int outcome, Entries *entries)
{
    for (int i = 0; i < COUNT; i++)
        mem_free(entries->keys[i]);
    if (outcome == MENU_OPEN)
        return NULL;
    menu_close(menu);
    return outcome >= 0 ? ENTRIES[outcome].action : NULL;
}

const char *picture_menu_pass(Menu *menu, Ui *ui, Rect window,
                              const PictureMenuState *state)
{
    Entries entries;
    MenuList list = list_of(state, &entries);
    int right = window.x + window.w - ui_px(ui, PT_GAP);
    menu->box.x = rect_clamp(menu->box.x, window.x, right - menu->box.w);
    return take(menu, menu_pass(menu, ui, list, window), &entries);
}

const char *picture_menu_key(Menu *menu, SDL_Keycode key, const PictureMenuState *state)
{
    Entries entries;
    MenuList list = list_of(state, &entries);
    return take(menu, menu_key(menu, list, key), &entries);
}
