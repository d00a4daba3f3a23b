/* mode_menu — the drop-down of the modes at the end of the status bar, with the last
 * time of each, and why one cannot run here.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_MODES_MODE_MENU_H
#define LUTIST_VIEWER_MODES_MODE_MENU_H

#include "viewer/state/timing_text.h"
#include "viewer/widget/menu.h"

enum { MODE_WHY = 256 };

typedef struct ModeMenu {
    Menu menu;
    Mode present;              /* in force when the menu was opened */
    Timing last[MODES];        /* of the newest picture in each mode */
    char why[MODES][MODE_WHY]; /* why it cannot run here; "": it can, or is not known */
    bool checked;              /* it was asked which can run */
} ModeMenu;

void mode_menu_init(ModeMenu *modes);
/* A picture has come. */
void mode_menu_take(ModeMenu *modes, const Timing *timing);
/* `text`: why `mode` cannot run here; "": it can. */
void mode_menu_tell(ModeMenu *modes, Mode mode, const char *text);
/* `pressed`: by the mouse's button, which is still down. */
void mode_menu_open(ModeMenu *modes, Mode current, bool pressed);
bool mode_menu_is_open(const ModeMenu *modes);
void mode_menu_close(ModeMenu *modes);

/* The button at the right end of the bar; *bar shrinks. True: pressed, and the menu is
 * to be opened. */
bool mode_menu_button(ModeMenu *modes, Ui *ui, Rect *bar, Mode current);

/* The open menu. True: it was closed, with *chosen set to a mode, or to MODES: none. */
bool mode_menu_pass(ModeMenu *modes, Ui *ui, Rect window, Mode *chosen);
bool mode_menu_key(ModeMenu *modes, SDL_Keycode key, Mode *chosen);

#endif
