/* row — one parameter in the panel: its label, its value, and what changes it.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_ROW_H
#define LUTIST_VIEWER_ROW_H

#include "viewer/panel.h"

/* Pixels, gaps included. */
int row_height(const Panel *panel, const Ui *ui, int index);
/* `cell` is as wide as the panel. */
void row_pass(Panel *panel, Ui *ui, int index, SDL_Rect cell);

#endif
