/* saving — the developed picture as a file: asked for, told of, and waited for at the
 * end.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_SAVING_H
#define LUTIST_VIEWER_APP_SAVING_H

#include "viewer/app/app.h"

/* Save the picture on the screen under a free name beside its file. */
void saving_begin(App *app);
/* Ask for a name. */
void saving_ask(App *app);
/* A key for the open field. */
void saving_key(App *app, SDL_Keysym key);
/* An answer of the saver; `context` is the App. */
void saving_take(void *context, const Saved *saved);
/* Stop all. False: there is nothing to stop. */
bool saving_stop(App *app);
/* Close the window: at once, or when what is being saved is written. Asked for twice:
 * at once. */
void saving_quit(App *app);
/* See how far it is, for the status bar (app->save.text). */
void saving_collect(App *app);

#endif
