/* edit — what the user does to the look as a whole: undo, redo, copies of it.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_EDIT_EDIT_H
#define LUTIST_VIEWER_EDIT_EDIT_H

#include "viewer/edit/history.h"
#include "viewer/panel/panel.h"

enum { EDIT_SNAPSHOTS = 4 };

typedef struct Edit {
    History history;
    LookState kept[EDIT_SNAPSHOTS]; /* zeroed: nothing was kept */
    uint64_t gesture;               /* what the hand does now, for history_note */
    double wheel_ms;                /* when the wheel last moved */
    LookState awaited; /* to be set once its script is in force; zeroed: nothing is */
    int before;        /* the history's place to go back to if it never is; -1: none */
} Edit;

typedef char EditNote[1280]; /* for people */

void edit_init(Edit *edit);
void edit_term(Edit *edit);
/* A new press or key: what changes from now on is another step. */
void edit_begin_gesture(Edit *edit);
/* The wheel turns. Is it another step? It is one while the turns follow each other. */
bool edit_wheel_pauses(Edit *edit, double now);

/* The values have changed, or `script` has been loaded. */
void edit_note(Edit *edit, const Panel *panel, const char *script);
/* What was done before cannot be undone any more: the values are those of another
 * picture. */
void edit_restart(Edit *edit, const Panel *panel, const char *script);
/* Undo (`step` -1) or redo (1). True: the state's script is not `script`: it is
 * awaited, edit->awaited. */
bool edit_undo(Edit *edit, Panel *panel, const char *script, int step, EditNote note);
/* Await `script` with what `words` hold. */
void edit_await(Edit *edit, const char *script, const char *words);
/* `script` is in force now: set what was awaited for it. */
void edit_arrive(Edit *edit, Panel *panel, const char *script);
bool edit_awaits_other(const Edit *edit, const char *script);
/* The awaited script could not be loaded, or is not wanted any more. */
void edit_give_up(Edit *edit);

/* Keep the look as snapshot `number`, 0 and up; set it again: true as edit_undo. */
void edit_keep(Edit *edit, const Panel *panel, const char *script, int number,
               EditNote note);
bool edit_show(Edit *edit, Panel *panel, const char *script, int number, EditNote note);

/* Set the values that `text` holds as words (pipe/setting_words.h); NULL: none. */
void edit_paste(Panel *panel, const char *text, EditNote note);

#endif
