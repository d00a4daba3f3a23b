/* action_table — all actions of the window, with their default keys.
 *
 * The room host/viewer/action: the table (here), carrying out its actions (actions),
 * and what they do, a file a topic (*_acts, whose functions acts.h declares). A new
 * action needs a row in action_table.c and its function.
 * Threads: a constant.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_ACTION_ACTION_TABLE_H
#define LUTIST_VIEWER_ACTION_ACTION_TABLE_H

#include "viewer/keys/action_row.h"

ActionTable action_table(void);

#endif
