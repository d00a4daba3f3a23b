/* preset_state — the presets that the panel offers, and what the user wants done to
 * them.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PANEL_PRESET_STATE_H
#define LUTIST_VIEWER_PANEL_PRESET_STATE_H

#include "pipe/preset_list.h"
#include "viewer/widget/menu.h"

typedef struct PresetState {
    PresetList *list;   /* owned; NULL: not known yet */
    const char **names; /* of the menu: those of the list, and one that saves; owned */
    bool *removable;    /* owned */
    bool any_own;       /* one of the list is the user's, who can remove it */
    Menu menu;
    /* wishes for the script thread; owned names; NULL: none */
    char *save, *remove;
} PresetState;

void preset_state_init(PresetState *state);
void preset_state_term(PresetState *state);
/* Takes `list`; NULL: they are not known. */
void preset_state_take(PresetState *state, PresetList *list);
/* The menu's entries; the last one saves. */
MenuList preset_state_entries(const PresetState *state, const ParamValue *values);
/* The preset whose values are `values`; -1: none. */
int preset_state_find(const PresetState *state, const ParamValue *values);
/* Wish for saving or removing a preset; a wish before it that nobody has read is
 * dropped. */
void preset_state_save(PresetState *state, const char *name);
void preset_state_remove(PresetState *state, int preset);

#endif
