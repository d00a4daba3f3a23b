/* seeing — the overlay's wishes to the render thread, and what comes of them.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_SEEING_H
#define LUTIST_VIEWER_APP_SEEING_H

#include "viewer/app/app.h"
#include "viewer/overlay/picture_menu.h"
#include "viewer/scope/pixel_value.h"

/* Results; `context` is the App. */
void seeing_take_before(void *context, const Picture *picture);
void seeing_take_part(void *context, const Picture *picture);
void seeing_take_news(void *context, AsideNews *news);

/* The painter has lost its pictures. */
void seeing_forget(App *app);
/* Send the wishes if they have changed. */
void seeing_update(App *app);

/* Hand new graphs to the painter, after a frame was recorded. */
void seeing_show_graphs(App *app);
/* Do before and after stand side by side? */
bool seeing_is_split(const App *app);
/* The pixel under the mouse, in `text`, which is returned; NULL: there is none. */
const char *seeing_pixel(const App *app, char text[PIXEL_VALUE_TEXT]);

/* What the menu of the picture says is so. */
PictureMenuState seeing_menu_state(const App *app);

#endif
