/* app_file — the file that is being read, and whether it is shown.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_APP_FILE_H
#define LUTIST_VIEWER_APP_APP_FILE_H

#include "viewer/app/app.h"

/* Load the wanted file, and then those beside it. */
void app_open_file(App *app);
/* Is the wanted picture on the screen? A key that is held waits for it. */
bool app_file_is_settled(const App *app);
/* The path of the file that is being read or written, or developed while the screen
 * shows another one, if that takes long; NULL: none. */
const char *app_file_reading(const App *app, double now);

/* Let a message about a file name it without its folder. */
void app_file_name_alone(Err *err, const char *path);
/* The files before are back: so is their picture. */
void app_file_come_back(App *app);

/* New: the values of the picture on the screen, for the panel's parameters. The panel
 * may have those of the next one already. */
ParamValue *app_file_values(const App *app);

/* News of the folders and of the picture's file; `context` is the App. */
void app_file_take_news(void *context, FolderNews *news);

/* A sidecar was read, or could not be written; `context` is the App. */
void app_file_take_sidecar(void *context, SidecarNews *news);

#endif
