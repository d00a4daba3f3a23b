/* far_pixel — the pixel under the mouse of a picture that lies on the disk: it is read
 * by an errand.
 *
 * Until it has come, the one before it stays.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCOPE_FAR_PIXEL_H
#define LUTIST_VIEWER_SCOPE_FAR_PIXEL_H

#include "base/thread/errands.h"
#include "image/image.h"

enum { FAR_PIXEL_BYTES = 8 };

typedef struct PixelSpot {
    uint64_t picture; /* its number; 0: none */
    int x, y;
} PixelSpot;

typedef struct FarPixel {
    Errands *errands; /* the owner's to start and to stop */
    PixelSpot wanted, known;
    uint8_t bytes[FAR_PIXEL_BYTES]; /* of the known one */
} FarPixel;                         /* zeroed memory is a new one */

/* `image` is the picture of that number; it has the place. `pixel` outlives the errands
 * and stays where it is. */
void far_pixel_want(FarPixel *pixel, Image *image, PixelSpot spot);

#endif
