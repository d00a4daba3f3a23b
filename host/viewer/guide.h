/* guide — the help: every key and gesture, on a card over the window.
 *
 * Where the window is too small for all of it the card is scrolled.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_GUIDE_H
#define LUTIST_VIEWER_GUIDE_H

#include "viewer/ui.h"

typedef struct Guide {
    bool open;
    int scroll; /* pixels; kept inside by guide_pass */
    int page;   /* pixels that are seen at a time */
} Guide;

void guide_toggle(Guide *guide);
/* Over the whole window; a click closes it. */
void guide_pass(Guide *guide, Ui *ui, SDL_Rect window);
/* True: the key scrolls. */
bool guide_key(Guide *guide, SDL_Keycode key);

#endif
