/* exchange — other files take the place of those that are open.
 *
 * They are tried in order until one can be shown. If there is none, those that they
 * came before are tried again; if these are none either, the files that were open come
 * back with their picture, or the window waits on for a followed folder's first one. If
 * nothing was open, the last failure is told over the picture.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_EXCHANGE_H
#define LUTIST_VIEWER_APP_EXCHANGE_H

#include "viewer/app/app.h"

/* Moves out *files, which is not empty. `alone`: only its wanted file is tried. */
void exchange_begin(App *app, FileList *files, bool alone);
/* The load thread has answered. True: the new file cannot be read, and all that follows
 * has been done. */
bool exchange_answer(App *app, const Loaded *loaded);
/* Only the newest files stay. */
void exchange_forget(App *app);

#endif
