/* mode_switch — the window's switch between the modes, and what it tells of them.
 *
 * A mode is tried by using it: where it cannot run here, the picture that does not come
 * says so, and the mode before it is taken again.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_MODE_SWITCH_H
#define LUTIST_VIEWER_APP_MODE_SWITCH_H

#include "viewer/app/app.h"

/* The actions about modes; false: it is none of them. */
bool mode_switch_act(App *app, Action action);
/* Stop the pass that runs, or waits to. False: none does. */
bool mode_switch_stop(App *app);
/* There is no picture. */
void mode_switch_fail(App *app, const Picture *picture, const Err *err);
/* The figures of a developed picture. */
void mode_switch_count(App *app, const Picture *picture);
/* Look at the pass that runs; app->progress is what the status bar says of it. */
void mode_switch_collect(App *app);

#endif
