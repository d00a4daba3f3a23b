/* overlay_card — the card over the picture: histogram, tone plot, the picture's data.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_OVERLAY_OVERLAY_CARD_H
#define LUTIST_VIEWER_OVERLAY_OVERLAY_CARD_H

#include "viewer/overlay/overlay_state.h"

/* Finds the card's place: over the picture, or beside or below it where it would cover
 * much of the room, whichever leaves a picture of this shape larger. Returns the room
 * that is left for the picture. */
Rect overlay_card_place(Overlay *overlay, const Ui *ui, Rect room, int width,
                        int height);
/* A card over the picture moves into `seen`, the part of the room that nothing lies
 * over, if it has the space. */
void overlay_card_dodge(Overlay *overlay, const Ui *ui, Rect seen);
/* At that place, if it has one. */
void overlay_card_draw(Overlay *overlay, Ui *ui);

#endif
