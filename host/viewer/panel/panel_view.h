/* panel_view — the panel in the window: its header, its rows, the script's error, and
 * the menu or note above them.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PANEL_PANEL_VIEW_H
#define LUTIST_VIEWER_PANEL_PANEL_VIEW_H

#include "viewer/panel/panel.h"

/* The header with the script's name. Returns the rest of `area`. */
Rect panel_view_header(Panel *panel, Ui *ui, Rect area, const char *script);
/* The presets' menu button, if the script has parameters. Returns the rest of `area`.
 */
Rect panel_view_presets(Panel *panel, Ui *ui, Rect area);
/* An error under its title at the bottom of `area`, at most half as high. Returns the
 * rest. */
Rect panel_view_error(Ui *ui, Rect area, const char *title, const char *text);
/* The rows, scrolled, in `area`. */
void panel_view_rows(Panel *panel, Ui *ui, Rect area);
/* Above the rows, inside `bounds`: the open menu, or why a typed text is no value. */
void panel_view_above(Panel *panel, Ui *ui, Rect bounds);

#endif
