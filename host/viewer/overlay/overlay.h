/* overlay — what lies over the picture: the split view's divider, the grid, the loupe,
 * and the card of the histogram, the tone plot and the picture's data.
 *
 * It has the numbers that the render thread sends (picture/aside.h) and draws them; the
 * graphs become pixels when they, or the card's size, change.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_OVERLAY_OVERLAY_H
#define LUTIST_VIEWER_OVERLAY_OVERLAY_H

#include "viewer/overlay/overlay_state.h"

void overlay_init(Overlay *overlay);
void overlay_term(Overlay *overlay);
/* The numbers of another picture, or of another look; NULL: unchanged or not known.
 * Takes the reference to `look`. */
void overlay_take(Overlay *overlay, uint64_t image, const Histogram *histogram,
                  const TonePlot *tones, Program *look);
/* The painter has lost its pictures. */
void overlay_forget(Overlay *overlay);

/* The mouse on the divider and the card. Before the picture's own pass, which gets what
 * is left. */
void overlay_handle(Overlay *overlay, Ui *ui, const LoupeSight *sight);
/* The pixel and the part under the mouse, after the picture has moved. */
void overlay_follow(Overlay *overlay, const Ui *ui, const LoupeSight *sight);
/* Over the picture. `compared`: the split view may show. */
void overlay_draw(Overlay *overlay, Ui *ui, const LoupeSight *sight, bool compared);
Color overlay_surround(const Overlay *overlay);

#endif
