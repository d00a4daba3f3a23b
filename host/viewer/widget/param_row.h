/* param_row — one parameter in the panel: its label, its value, and what changes it.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_PARAM_ROW_H
#define LUTIST_VIEWER_WIDGET_PARAM_ROW_H

#include "viewer/app/panel.h"

/* Pixels, gaps included. */
int param_row_height(const Panel *panel, const Ui *ui, int index);
/* `cell` is as wide as the panel. */
void param_row_pass(Panel *panel, Ui *ui, int index, SDL_Rect cell);

#endif
