/* look_menu — the scripts that the panel's head offers: the user's and the bundled
 * ones, those opened from files, and any other file.
 *
 * Their folders are read by an errand. It opens with the list that is known.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_CONTROL_LOOK_MENU_H
#define LUTIST_VIEWER_CONTROL_LOOK_MENU_H

#include "python/choice/script_names.h"
#include "viewer/control/file_chooser.h"
#include "viewer/widget/menu.h"

/* It stays where it is while an errand is on its way. */
typedef struct LookMenu {
    Errands *errands;    /* the owner's; outlive it; NULL: folders are read at once */
    const void *awaited; /* the errand whose answer counts; NULL: none */
    int steps;           /* to make when it comes */
    ScriptNames specs;   /* as -s takes them */
    int named;           /* how many of these are names; the others are files */
    bool listed;         /* the names are known */
    const char **labels; /* of the menu: one a spec, and one for other files; owned */
    Menu menu;
    FileChooser chooser;
    char
        *present; /* the spec in force, or that was asked for last; owned; NULL: none */
    bool wanted;  /* a wish for the window: load the present one */
} LookMenu;

void look_menu_init(LookMenu *looks);
void look_menu_term(LookMenu *looks);
void look_menu_use_errands(LookMenu *looks, Errands *errands);
/* The script `spec` is in force. */
void look_menu_note(LookMenu *looks, const char *spec);
/* Open the list at the present one. `pressed`: as menu_open. */
void look_menu_open(LookMenu *looks, bool pressed);
bool look_menu_is_open(const LookMenu *looks);
void look_menu_close(LookMenu *looks);
/* Wish for the look after the present one (`step` 1), or before it (-1); round at the
 * ends. The list is read again first. */
void look_menu_step(LookMenu *looks, int step);
/* Wish for another one, which is copied. */
void look_menu_want(LookMenu *looks, const char *spec);

/* The drop-down in `box`, which shows `name`. */
void look_menu_pass(LookMenu *looks, Ui *ui, Rect box, const char *name);
/* What is open, inside `bounds`. `home`: the folder in which files are looked for. */
void look_menu_above(LookMenu *looks, Ui *ui, Rect bounds, const char *home);
/* A key for what is open. False: nothing is. */
bool look_menu_key(LookMenu *looks, SDL_Keycode key, const char *home);

#endif
