/* frame — one pass over the whole window: its parts, laid out, fed with the input,
 * recorded, drawn.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_FRAME_H
#define LUTIST_VIEWER_APP_FRAME_H

#include "viewer/app/app.h"

/* All widgets take the input, and carry out what it asks for; `recording`: into the
 * list of app->ui. Needs no window. */
void frame_pass(App *app, Rect window, bool recording);
/* Record and present the window as it is now. */
void frame_draw(App *app);

#endif
