/* menu — the open list of a drop-down.
 *
 * It lies above everything and takes the mouse and the keyboard until an entry is
 * chosen or it is closed. It scrolls when the window is too low for it.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_MENU_H
#define LUTIST_VIEWER_WIDGET_MENU_H

#include <SDL_keycode.h>

#include "pipe/param.h"
#include "viewer/ui/ui.h"

typedef struct Menu {
    int param;   /* whose list; -1: closed */
    int current; /* the entry that Enter takes */
    int first;   /* the topmost one that is seen */
    int rows;    /* how many are seen; 0: before the first pass */
    bool fresh;  /* the press that opened it is not for it */
    Rect box;    /* the closed drop-down, whose row keeps it up to date */
} Menu;

/* The outcome of a pass or a key: MENU_OPEN, MENU_CLOSED, or the chosen entry. */
enum { MENU_OPEN = -1, MENU_CLOSED = -2 };

/* `pressed`: with the mouse's button, which is still down. */
void menu_open(Menu *menu, int param, int current, bool pressed);
void menu_close(Menu *menu);
bool menu_is_open(const Menu *menu);

/* `bounds` is the room it may use. */
int menu_pass(Menu *menu, Ui *ui, const Param *param, Rect bounds);
int menu_key(Menu *menu, const Param *param, SDL_Keycode key);

#endif
