/* row_base — what the rows of all kinds share: their data, the label and the value that
 * can be typed.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PANEL_ROW_BASE_H
#define LUTIST_VIEWER_PANEL_ROW_BASE_H

#include "viewer/control/color_picker.h"
#include "viewer/control/curve_plot.h"
#include "viewer/control/file_chooser.h"
#include "viewer/widget/menu.h"
#include "viewer/widget/number_field.h"

typedef struct ParamRow {
    const Param *param;
    int index;            /* of the parameter */
    NumberField *field;   /* the panel's: its row opens and draws it */
    Menu *menu;           /* the panel's: its row opens it */
    ColorPicker *picker;  /* the panel's: a colour's row opens it */
    FileChooser *chooser; /* the panel's: a file's row places it */
    CurveHold *hold;      /* the panel's: a curve's row selects a point */
    bool focus;           /* in: it has the keyboard; out: it gets it */
    ParamValue value;     /* owned; in: the current one; out: the user's */
    bool choose;          /* out: open the chooser */
    int nudge;            /* out: steps to change the value by */
    ParamPace pace;       /* of them, and of the slider */
} ParamRow;

/* Open the number field in `box`. */
void row_base_open_field(ParamRow *row, Rect box);
/* The label in `line`, and `text` at its right, which a click lets the user type. */
void row_base_label(ParamRow *row, Ui *ui, Rect line, const char *text);
/* Put `value` in the row, which takes it. */
void row_base_take(ParamRow *row, ParamValue value);

#endif
