/* actions — carries out the actions that keys and buttons ask for.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_ACTIONS_H
#define LUTIST_VIEWER_APP_ACTIONS_H

#include "viewer/app/app.h"

/* `coarse`: with Shift. */
void actions_do(App *app, Action action, bool coarse);

#endif
