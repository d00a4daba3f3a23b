/* picture_delivery — sends finished pictures to the UI thread and gets their memory
 * back for the next one.
 *
 * Only the newest of the pictures that wait for the UI thread is kept.
 * Threads: the render thread's, but for `take`, which runs on the UI thread.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PICTURE_PICTURE_DELIVERY_H
#define LUTIST_VIEWER_PICTURE_PICTURE_DELIVERY_H

#include "base/thread/dispatch.h"
#include "viewer/picture/view.h"

/* A finished picture. */
typedef struct Picture {
    uint32_t *pixels;     /* laid out as in screen_pixels.h; owned; NULL: see err */
    size_t capacity;      /* pixels that the allocation holds */
    const uint32_t *rest; /* SCREEN_REST, if `pixels` are SCREEN_STEPS; behind them in
                             the same allocation; NULL: there is none */
    View view;            /* its view, without its pyramid and plan */
    uint64_t serial;      /* of the plan; 0: the unprocessed image */
    double since;         /* when the user asked for it */
    double processed_ms;  /* for mapping the visible part, or the whole image */
    double made_ms;       /* for all of the picture: mapping, scaling, laying out */
    double made_at;       /* when that was done */
    double megapixels;    /* of that */
    Err err;              /* why there is no picture: ERR_MEMORY, ERR_ENV (the mode
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
