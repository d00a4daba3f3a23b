/* param_row — one parameter in the panel: its label, its value, and its control.
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
    NumberField *field; /* the panel's: its row opens and draws it */
    Menu *menu;         /* the panel's: its row opens it */
    bool focus;         /* in: it has the keyboard; out: it gets it */
    ParamValue value;   /* owned; in: the current one; out: the user's */
    int nudge;          /* out: steps to change the value by */
} ParamRow;

/* Pixels, gaps included, without the group's heading. */
int param_row_height(const Ui *ui, const Param *param);
/* Of the heading above a group; its rows follow. */
int param_row_heading_height(const Ui *ui);
void param_row_heading(Ui *ui, Rect cell, const char *group);
/* `cell` is as wide as the panel. */
void param_row_pass(ParamRow *row, Ui *ui, Rect cell);

#endif
