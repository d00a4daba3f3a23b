/* text_rows — the rows of parameters whose values are texts: curve, colour and file.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PANEL_TEXT_ROWS_H
#define LUTIST_VIEWER_PANEL_TEXT_ROWS_H

#include "viewer/panel/row_base.h"

/* Each in `area`, which is the row without its gaps. */
void text_rows_curve(ParamRow *row, Ui *ui, Rect area);
void text_rows_color(ParamRow *row, Ui *ui, Rect area);
void text_rows_file(ParamRow *row, Ui *ui, Rect area);

#endif
