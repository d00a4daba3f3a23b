/* drop — files and folders that are dropped on the window.
 *
 * A file on the row of a parameter for files is that parameter's. Elsewhere images and
 * folders are opened instead of those that are open, a script becomes the look, and any
 * other file goes to the parameter whose pattern it matches.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_ACTION_DROP_H
#define LUTIST_VIEWER_ACTION_DROP_H

#include "viewer/app/app.h"

/* One of the paths that are dropped together; taken. */
void drop_add(App *app, char *path);
/* All have come, and the panel knows what the mouse is over. */
void drop_end(App *app);
/* A file or folder that was chosen is opened likewise: an image with all of its folder.
 * `typed`: where there is nothing to open, its path is asked for again. */
void drop_open(App *app, const char *path, bool typed);

#endif
