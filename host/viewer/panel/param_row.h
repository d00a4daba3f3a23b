/* param_row — one parameter in the panel: its label, its value, and its control.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PANEL_PARAM_ROW_H
#define LUTIST_VIEWER_PANEL_PARAM_ROW_H

#include "viewer/panel/row_base.h"

/* Pixels, gaps included, without the group's heading, in a panel of `width` pixels. A
 * curve is no higher than the list's `room`, if it can be; 0: that is enough. */
int param_row_height(const Ui *ui, const Param *param, int width, int room);
/* Of the heading above a group; its rows follow. */
int param_row_heading_height(const Ui *ui);
void param_row_heading(Ui *ui, Rect cell, const char *group, bool folded, bool focus);
/* `cell` is as wide as the panel. */
void param_row_pass(ParamRow *row, Ui *ui, Rect cell);

#endif
