/* picture_delivery — finished pictures on their way to the UI thread, whose memory
 * comes back for the next one.
 *
 * Of the pictures that the UI thread has not read yet only the newest is kept.
 * Threads: the render thread's, but for `take`, which runs on the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_PICTURE_DELIVERY_H
#define LUTIST_VIEWER_PICTURE_PICTURE_DELIVERY_H

#include "base/thread/dispatch.h"
#include "viewer/picture/view.h"

/* A finished picture. */
typedef struct Picture {
    uint32_t *pixels;    /* as screen_pixels.h has them; owned; NULL: see err */
    size_t capacity;     /* pixels that the allocation holds */
    View view;           /* its view; do not follow the source */
    uint64_t serial;     /* of the plan; 0: original */
    double since;        /* when the user asked for it: the newest wish it fulfils */
    double processed_ms; /* running the program over the visible part, or the whole */
    double megapixels;   /* of that */
    Err err;             /* why there is no picture: ERR_MEMORY, ERR_ENV (the mode
                            cannot run), ERR_SCRIPT (it failed) */
} Picture;

typedef void picture_take_fn(void *context, const Picture *picture);

typedef struct PictureDelivery {
    Dispatch *ui, *render; /* the threads' queues; borrowed */
    picture_take_fn *take; /* on the UI thread */
    void *context;
    Picture *spare; /* owned: memory for the next one; NULL: none */
} PictureDelivery;

void picture_delivery_term(PictureDelivery *delivery);
/* A picture with room for `count` pixels, owned by the caller, who sends it or puts it
 * back. Without memory its pixels are NULL, and *err is ERR_MEMORY. */
Picture *picture_delivery_new(PictureDelivery *delivery, size_t count, Err *err);
void picture_delivery_put_back(PictureDelivery *delivery, Picture *picture);
void picture_delivery_send(PictureDelivery *delivery, Picture *picture);

#endif
