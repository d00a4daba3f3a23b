/* menu — the open list of a drop-down.
 *
 * It lies above everything and takes mouse and keyboard until it is closed or an entry
 * is chosen. In a window that is too low for it the menu scrolls.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_MENU_H
#define LUTIST_VIEWER_WIDGET_MENU_H

#include <SDL_keycode.h>

#include "viewer/ui/ui.h"
#include "viewer/widget/type_ahead.h"

/* Its entries; borrowed. */
typedef struct MenuList {
    int count;
    const char *const *names;
    const bool *removable;    /* one an entry; NULL: none is */
    const char *const *notes; /* at the right, dimmed; NULL: there are none */
    const bool *off;          /* gray: it can be chosen, but not done; NULL: none is */
    bool marks;               /* there is room for a check mark */
    int marked;               /* the entry that is in force and has it; -1: none */
    const bool *on;           /* others that have it; NULL: none has */
    int apart; /* the entry below a line: from it on others are meant; 0: none */
} MenuList;

typedef struct Menu {
    int param;   /* the parameter that it belongs to; -1: closed */
    int current; /* the entry that Enter takes */
    int armed;   /* the entry that a second click on its cross removes; -1: none */
    int first;   /* the topmost entry that is seen */
    int rows;    /* entries that are seen; 0: before the first pass */
    bool fresh;  /* the press that opened it still lasts */
    TypeAhead typed;
    Rect box; /* the drop-down, kept up to date by its row */
} Menu;

/* The outcome of a pass or a key: MENU_OPEN, MENU_CLOSED, the chosen entry, or
 * MENU_REMOVE: remove the current entry. */
enum { MENU_OPEN = -1, MENU_CLOSED = -2, MENU_REMOVE = -3 };

/* `pressed`: by the mouse's button, which is still down. */
void menu_open(Menu *menu, int param, int current, bool pressed);
void menu_close(Menu *menu);
bool menu_is_open(const Menu *menu);

/* The menu stays inside `bounds` from top to end, and inside the window, where its
 * names may be wider than the box. */
int menu_pass(Menu *menu, Ui *ui, MenuList list, Rect bounds);
int menu_key(Menu *menu, MenuList list, SDL_Keycode key);

#endif
