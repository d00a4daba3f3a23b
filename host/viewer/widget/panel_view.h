/* panel_view — the panel in the window: its header, the list of rows, what lies above
 * them.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_WIDGET_PANEL_VIEW_H
#define LUTIST_VIEWER_WIDGET_PANEL_VIEW_H

#include "viewer/widget/panel.h"

/* The header with the script's name. Returns the rest of `area`. */
Rect panel_view_header(Panel *panel, Ui *ui, Rect area, const char *script);
/* The rows, scrolled, in `area`. */
void panel_view_rows(Panel *panel, Ui *ui, Rect area);
/* Drawn over the rows, in `bounds`: the open menu, the error of a typed number. */
void panel_view_above(Panel *panel, Ui *ui, Rect bounds);

#endif
