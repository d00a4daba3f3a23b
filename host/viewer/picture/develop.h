/* develop — from an image and a plan to the pixels of a view: scaled, and mapped in the
 * mode asked for.
 *
 * The part that is seen is scaled first and then mapped, so that the cost does not
 * depend on the image; or, for comparing modes, the whole image is mapped and then
 * scaled. Kept for the next view: the halved sizes, the scaled part, the
 * program, the whole image as it was mapped, memory.
 * Threads: the render thread only.
 * Python:  unaware; waits in python_mapping_run for the thread that is not.
 */
#ifndef LUTIST_VIEWER_PICTURE_DEVELOP_H
#define LUTIST_VIEWER_PICTURE_DEVELOP_H

#include "viewer/picture/pyramid.h"
#include "viewer/picture/python_mapping.h"
#include "viewer/picture/view.h"

/* Of mapping the pixels. */
typedef struct DevelopCost {
    double ms, megapixels;
} DevelopCost;

typedef struct Develop {
    /* immutable after develop_init */
    Pool *pool;
    Cancel *cancel; /* something newer is wanted */
    Cancel *leave;  /* the image itself is no longer wanted */
    /* all that follows may be empty */
    Pyramid pyramid;  /* of the source */
    Image *scaled;    /* the part that is seen, not mapped */
    View scaled_view; /* its view */
    Program *program; /* compiled from `plan` for `channels` */
    Plan *plan;
    int channels;
    Image *mapped;  /* reused while its layout stays */
    Pyramid whole;  /* of `mapped`, where that is the whole image */
    Mode mode;      /* that made it */
    uint64_t image; /* its number */
    DevelopCost cost;
    Image *shown; /* the part of it that is seen */
} Develop;

/* Borrows all; zeroed memory is enough for `develop`. */
void develop_init(Develop *develop, Pool *pool, Cancel *cancel, Cancel *leave);
void develop_term(Develop *develop);

/* Borrowed until the next call: `view` through `plan`, or as it is where that is NULL.
 * *cost is 0 then. `mapping` is for the modes of Python; NULL in the others. Fails:
 * ERR_MEMORY; ERR_CANCELLED; as python_mapping_run. */
const Image *develop_view(Develop *develop, const View *view, Plan *plan,
                          PythonMapping *mapping, DevelopCost *cost, Err *err);

#endif
