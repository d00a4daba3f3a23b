/* panel — the script's parameters with their values, changed by keys.
 *
 * It owns the values. `changed` is set when the user changes one; the window reads and
 * clears it. One parameter has the keyboard (panel_keys.c). At most one of the number
 * field, the menu, the picker, the file chooser and the presets' menu is open.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PANEL_PANEL_H
#define LUTIST_VIEWER_PANEL_PANEL_H

#include "pipe/param.h"
#include "viewer/control/color_picker.h"
#include "viewer/control/curve_plot.h"
#include "viewer/control/file_chooser.h"
#include "viewer/control/file_step.h"
#include "viewer/control/look_menu.h"
#include "viewer/panel/earlier_values.h"
#include "viewer/panel/folds.h"
#include "viewer/panel/preset_state.h"
#include "viewer/state/action.h"
#include "viewer/widget/menu.h"
#include "viewer/widget/number_field.h"

typedef struct Panel {
    ParamSet *set;       /* a reference */
    ParamValue *values;  /* owned; one for each parameter */
    int focus;           /* the parameter that has the keyboard */
    bool changed, moved; /* a value has changed since this was cleared */
    NumberField field;   /* for typing a value */
    Menu menu;
    Menu row_menu;             /* of a right click on a row */
    Rect focus_row, hover_row; /* where those rows were in the last pass */
    Rect area;                 /* where the panel was in it */
    char told[256];            /* what was done, for people; read and cleared */
    CurveHold hold;            /* a curve's selected point */
    ColorPicker picker;
    FileChooser chooser;
    FileStepper stepper;
    PresetState presets;
    int width;   /* in points, as the user has dragged its edge; 0: as usual */
    bool left;   /* it is at the left of the picture */
    Folds folds; /* the groups that are folded */
    LookMenu looks;
    EarlierValues earlier; /* of the looks before this one */
    char *home;        /* the folder that a chooser starts in: the script's; owned */
    int scroll;        /* pixels of the list above the visible part */
    int room;          /* pixels that the list has without an error; 0: enough */
    bool reveal;       /* scroll to the focus in the next pass */
    int hover;         /* the parameter under the mouse in the last pass; -1: none */
    double wheel_ms;   /* when the wheel last scrolled the list */
    const char *blank; /* the text of a panel without parameters; borrowed */
} Panel;

/* Takes `values`. Folders are read on the UI thread. */
void panel_init(Panel *panel, ParamSet *set, ParamValue *values);
/* Folders are read by these errands, which outlive the panel; it stays where it is. */
void panel_use_errands(Panel *panel, Errands *errands);
void panel_term(Panel *panel);
/* The script was loaded again, or another one: go on with its parameters. Values
 * (earlier_values.h), the keyboard's place, the field or list that is open, and the
 * slider that the mouse holds are kept by name. */
void panel_reload(Panel *panel, Ui *ui, ParamSet *set);

const Param *panel_param(const Panel *panel, int index);
bool panel_is_default(const Panel *panel);
/* Copies `value`. */
void panel_set(Panel *panel, int index, ParamValue value);
/* Change a number by `steps` of that pace. A text stays. */
void panel_nudge(Panel *panel, int index, int steps, ParamPace pace);
/* Fold the group of parameter `index`, or unfold it; the keyboard then is on its
 * heading. */
void panel_fold(Panel *panel, int index);
/* Close the number field, if it is open: take its text, or tell that it is none. */
void panel_leave_field(Panel *panel);
/* The entries of the open menu of a choice. */
MenuList panel_choices(const Panel *panel);
/* Apply the outcome of menu_pass or menu_key. */
void panel_choose(Panel *panel, int outcome);
/* The same of the presets' menu. */
void panel_choose_preset(Panel *panel, int outcome);
/* The same of the picker. */
void panel_pick(Panel *panel, PickerAct act, const int rgb[3]);
/* The same of the file chooser. */
void panel_choose_file(Panel *panel, ChooserAct act);
/* Open the chooser for file parameter `index`. `pressed`: as file_chooser_open. */
void panel_open_chooser(Panel *panel, int index, bool pressed);
/* Take the file `steps` after the value of file parameter `index` (file_step.h: the
 * home is the script's folder). PACE_COARSE: ten times as far. */
void panel_step_file(Panel *panel, int index, int steps, ParamPace pace);
/* A file was dropped on the window: for the file parameter under the mouse, else for
 * the one that has the keyboard, else for the first whose pattern it matches (but "*").
 * Fails: ERR_USAGE (there is none, or no such file). */
bool panel_drop(Panel *panel, const char *path, Err *err);
/* Has the look a parameter for files? */
bool panel_takes_files(const Panel *panel);
/* Ask for a preset's name again, `why` being what was wrong with `name`; unless another
 * thing is open by now. */
void panel_ask_name(Panel *panel, const char *name, const char *why);
/* Where the script lies. */
void panel_set_home(Panel *panel, const char *folder);
/* Does something that is open lie above the rows? */
bool panel_is_covered(const Panel *panel);
/* Close that, and the field of a value, which is taken. The name of a preset stays:
 * only Enter or Esc ends it. */
void panel_leave_all(Panel *panel);

/* A key for what is open, or for the selected point of a curve. False: none is. */
bool panel_key(Panel *panel, SDL_Keysym key);
void panel_type(Panel *panel, const char *text);
/* Carry out an action on parameters. */
void panel_act(Panel *panel, Action action, ParamPace pace);

/* What a right click on a row offers: reset, copy, type. It opens at the mouse or,
 * `pressed` false, below the row of the parameter that has the keyboard. */
void panel_menu_open(Panel *panel, const Ui *ui, int index, bool pressed);
void panel_menu_key(Panel *panel, SDL_Keycode key);
void panel_menu_pass(Panel *panel, Ui *ui, Rect bounds);

#endif
