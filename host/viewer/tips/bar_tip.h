/* bar_tip — the notes of the status bar's fields and of its mode.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_TIPS_BAR_TIP_H
#define LUTIST_VIEWER_TIPS_BAR_TIP_H

#include "viewer/app/app.h"
#include "viewer/tips/tip_text.h"

/* The note of the place that the frame calls `name`. False: it has none. */
bool bar_tip(const App *app, const char *name, TipText *tip);

#endif
