/* param_row — one parameter in the panel: label, value, and the control that changes
 * it.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_PARAM_ROW_H
#define LUTIST_VIEWER_WIDGET_PARAM_ROW_H

#include "viewer/widget/menu.h"
#include "viewer/widget/number_field.h"

typedef struct ParamRow {
    const Param *param;
    int index;          /* of the parameter */
    NumberField *field; /* the panel's: a row opens it, and draws it where it is open */
    Menu *menu;         /* the panel's: likewise */
    bool focus;         /* in: has the keyboard; out: shall have it */
    ParamValue value;   /* in: as it is; out: as the user set it */
    int nudge;          /* out: steps to move the value by */
} ParamRow;

/* Pixels, gaps included. */
int param_row_height(const Ui *ui, const Param *param);
/* `cell` is as wide as the panel. */
void param_row_pass(ParamRow *row, Ui *ui, Rect cell);

#endif
