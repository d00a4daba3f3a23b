/* picture_menu — what keys do to the picture and the look, for the mouse: the list that
 * a right click on the picture opens.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_OVERLAY_PICTURE_MENU_H
#define LUTIST_VIEWER_OVERLAY_PICTURE_MENU_H

#include "viewer/keys/bindings.h"
#include "viewer/widget/menu.h"

/* What is so now: its entries have a check mark, or are gray. */
typedef struct PictureMenuState {
    const Bindings *bindings; /* the keys that stand beside the entries */
    bool undo, redo;          /* there is a step */
    bool card, clipping, split, grid, hidden, full;
} PictureMenuState;

/* With its corner at (x, y). */
void picture_menu_open(Menu *menu, const Ui *ui, int x, int y);
/* The name of the action that was chosen; NULL: none. Both close the menu. */
const char *picture_menu_pass(Menu *menu, Ui *ui, Rect window,
                              const PictureMenuState *state);
const char *picture_menu_key(Menu *menu, SDL_Keycode key,
                             const PictureMenuState *state);

#endif
