/* tips — the notes beside what the mouse rests on: parameters, buttons, the status bar.
 *
 * The room host/viewer/tips: when a note comes and of what (here), the notes of
 * parameters (param_tip), of buttons and menus (button_tip) and of the status bar
 * (bar_tip). Keys are those in force.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_TIPS_TIPS_H
#define LUTIST_VIEWER_TIPS_TIPS_H

#include "viewer/app/app.h"

/* After all else of a frame. `covered`: something lies above what has notes. */
void tips_pass(App *app, Rect window, bool covered);

#endif
