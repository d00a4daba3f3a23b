/* button_tip — the notes of buttons, menus and other widgets that an action of the
 * table does, too.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_TIPS_BUTTON_TIP_H
#define LUTIST_VIEWER_TIPS_BUTTON_TIP_H

#include "viewer/app/app.h"
#include "viewer/tips/tip_text.h"

/* The note of the place that the frame calls `name`. False: it has none. */
bool button_tip(const App *app, const char *name, TipText *tip);

#endif
