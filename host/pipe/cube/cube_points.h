/* cube_points — a cube's points as a kernel reads them, kept with the cube.
 *
 * Whatever else changes in a look, the next program has the same points, and those of a
 * large cube take long to make. So a cube keeps the ones that were made last: two at
 * most, and no more bytes than its own values have.
 * Threads: any; what is returned is immutable.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_POINTS_H
#define LUTIST_PIPE_CUBE_CUBE_POINTS_H

#include <stdatomic.h>
#include <stddef.h>

#include "base/err.h"

enum { CUBE_POINTS_KEY = 16 };

typedef struct CubeShelf CubeShelf; /* what a cube keeps */

/* All that points depend on beside the cube; numbers that are not used are 0. */
typedef struct CubePointsKey {
    double number[CUBE_POINTS_KEY];
} CubePointsKey;

typedef struct CubePoints {
    /* immutable */
    CubePointsKey key;
    void *data; /* owned */
    size_t bytes;
    /* atomic */
    atomic_int refs;
} CubePoints;

/* Sets all bytes of `data`. */
typedef void (*cube_points_fn)(void *data, const void *context);

/* A reference to the points of `key`, which the shelf keeps from now on. `fill` makes
 * them if it does not. NULL, ERR_MEMORY. */
CubePoints *cube_points_get(CubeShelf *shelf, const CubePointsKey *key, size_t bytes,
                            cube_points_fn fill, const void *context, Err *err);
void cube_points_unref(CubePoints **points); /* nulls; NULL is fine */

/* For as many bytes at most. Of a cube, which owns it. */
CubeShelf *cube_shelf_new(size_t most);
void cube_shelf_free(CubeShelf *shelf);

#endif
