/* key_config — the window's bindings, from the table of actions and keys.conf, which is
 * read again when it changes.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_ACTION_KEY_CONFIG_H
#define LUTIST_VIEWER_ACTION_KEY_CONFIG_H

#include "viewer/app/app.h"

/* Read the bindings, and watch their file. `ignored`: the table's default keys alone.
 */
void key_config_open(App *app, bool ignored);
void key_config_close(App *app);

#endif
