/* develop — makes the pixels of a view from an image and a plan, in one of the modes.
 *
 * The visible part is scaled first and then mapped: the cost does not depend on the
 * image's size. Or, to compare modes, the whole image is mapped and then scaled. Kept
 * for the next view are the scaled part, the program, the mapped
 * whole image, and memory.
 * Threads: the render thread only.
 * Python:  unaware; waits in python_mapping_run for the thread that is not.
 */
#ifndef LUTIST_VIEWER_PICTURE_DEVELOP_H
#define LUTIST_VIEWER_PICTURE_DEVELOP_H

#include "opencl/opencl.h"
#include "viewer/picture/python_mapping.h"
#include "viewer/picture/view.h"

/* The cost of mapping the pixels. */
typedef struct DevelopCost {
    double ms, megapixels;
} DevelopCost;

typedef struct Develop {
    /* immutable after develop_init */
    Pool *pool;
    Cancel *cancel;     /* something newer is wanted */
    Cancel *leave;      /* the image itself is no longer wanted */
    const char *device; /* of the mode opencl, as opencl_open */
    /* all that follows may be empty */
    Pyramid *pyramid; /* that `scaled` was made from; a reference */
    Image *scaled;    /* the visible part, not mapped */
    View scaled_view; /* its view */
    OpenCl *opencl;   /* open while its mode is in use; it keeps the mapped image */
    Program *program; /* compiled from `plan` for `channels` */
    Plan *plan;
    int channels;
    Image *mapped;    /* reused while its layout stays */
    Pyramid *whole;   /* of `mapped`, if that is the whole image, or its halved size */
    Pyramid *spare;   /* memory for the next `whole` */
    PyramidPart part; /* of `mapped` in `whole` that is there; no width: all of it */
    Mode mode;        /* that `whole` was mapped in */
    uint64_t image;   /* number of the image in `whole` */
    DevelopCost cost;
    Image *shown; /* the visible part of `whole` */
} Develop;

/* Borrows all; zeroed memory is enough for `develop`. */
void develop_init(Develop *develop, Pool *pool, Cancel *cancel, Cancel *leave,
                  const char *device);
void develop_term(Develop *develop);

/* The pixels of `view` through `plan`, borrowed until the next call. NULL `plan`: the
 * unprocessed pixels; *cost is then 0. `mapping` is for the modes of Python, NULL in
 * the others. Fails: ERR_MEMORY; ERR_CANCELLED; as python_mapping_run; ERR_ENV (the
 * device of the mode opencl is missing, or has failed: the next call opens it anew). */
const Image *develop_view(Develop *develop, const View *view, Plan *plan,
                          PythonMapping *mapping, DevelopCost *cost, Err *err);

/* The view's pixels, scaled and not mapped; borrowed until the next call. Fails:
 * ERR_MEMORY, ERR_CANCELLED. */
const Image *develop_scaled(Develop *develop, const View *view, Err *err);
/* The same as a new image, which is not kept: for a part at 100 %. */
Image *develop_part(const Develop *develop, const View *view, Err *err);

#endif
