/* panel — the script's parameters with their values, at the window's side.
 *
 * It owns the values. `changed` is set when the user changes one; the window reads and
 * clears it. One parameter has the keyboard.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_PANEL_H
#define LUTIST_VIEWER_APP_PANEL_H

#include "pipe/param.h"
#include "viewer/ui/ui.h"
#include "viewer/widget/action.h"
#include "viewer/widget/menu.h"
#include "viewer/widget/number_field.h"

typedef struct Panel {
    ParamSet *set;      /* a reference */
    ParamValue *values; /* owned; one for each parameter */
    int focus;          /* the parameter that has the keyboard */
    bool changed;       /* values are others than when it was last cleared */
    NumberField field;  /* for typing a value */
    Menu menu;
    int scroll;      /* pixels of the list that are above its top */
    bool reveal;     /* scroll to the focus in the next pass */
    double wheel_ms; /* when the wheel last scrolled the list */
} Panel;

/* Takes `values`. */
void panel_init(Panel *panel, ParamSet *set, ParamValue *values);
void panel_term(Panel *panel);

/* The header with the script's name. Returns the rest of `area`. */
Rect panel_header(Panel *panel, Ui *ui, Rect area, const char *script);
/* The rows, scrolled, in `area`. */
void panel_rows(Panel *panel, Ui *ui, Rect area);
/* Drawn over the rows, in `bounds`: the open list, the error of a typed number. */
void panel_above(Panel *panel, Ui *ui, Rect bounds);

/* A key for the field or the list that is open. False: none is. */
bool panel_key(Panel *panel, SDL_Keysym key);
void panel_type(Panel *panel, const char *text);
/* The actions about parameters; `coarse` with Shift. */
void panel_act(Panel *panel, Action action, bool coarse);
bool panel_is_default(const Panel *panel);

#endif
