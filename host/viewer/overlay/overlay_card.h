/* overlay_card — the card over the picture: histogram, tone plot, the picture's data.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_OVERLAY_OVERLAY_CARD_H
#define LUTIST_VIEWER_OVERLAY_OVERLAY_CARD_H

#include "viewer/overlay/overlay_state.h"

/* Where it is in the room; empty: there is none, or no space for it. */
Rect overlay_card_box(const Overlay *overlay, const Ui *ui, Rect room);
void overlay_card_draw(Overlay *overlay, Ui *ui, Rect box);

#endif
