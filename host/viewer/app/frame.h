/* frame — one pass over the whole window: lays out its parts, feeds them the input,
 * records and draws them.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_APP_FRAME_H
#define LUTIST_VIEWER_APP_FRAME_H

#include "viewer/app/app.h"

/* Feed the input to all widgets and carry out their actions. `recording`: also record
 * the frame in app->ui. Needs no window on a screen. */
void frame_pass(App *app, Rect window, bool recording);
/* Record a frame and present it; the window may be busy with it then. */
void frame_draw(App *app);
/* Note whether a frame has come to the screen. False: one is on its way. */
bool frame_collect(App *app);
/* The window has another renderer. */
void frame_set_renderer(App *app);
/* The renderer has lost its textures: they are made again. */
void frame_forget(App *app);
/* The window has another size. */
void frame_resize(App *app);
/* Lay out the window before it is seen, so that the picture's size is known. While the
 * image is being read, draw what is known, too: making the text's pictures takes long.
 */
void frame_rehearse(App *app);
/* Drawable pixels a point, of the display and the text's size. */
double frame_scale(const App *app);
/* The scale may be another now: the window is on another display, or the text's size
 * was changed. */
void frame_rescale(App *app);
/* The window is on another display, or the displays have changed: its scale and its
 * colours follow. */
void frame_follow_display(App *app);
/* The panel wider by `steps`, or narrower, between its least width and half the window.
 */
void frame_panel_width(App *app, int steps);
/* `steps` larger text, or smaller. */
void frame_text_size(App *app, int steps);

/* Does something lie above the panel and the picture? */
bool frame_is_covered(const App *app);

#endif
