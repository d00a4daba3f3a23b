/* cube — a 3D table, shared by reference count.
 *
 * The room host/pipe/cube: the table (here) and the text of a .cube file (cube_text,
 * with its numbers in cube_number).
 *
 * Red, green and blue of each point of a lattice over a domain; tetrahedral
 * interpolation between the points (kernels/lut3d/lut3d.h), the domain's edge outside.
 * In front of it there may be a curve a channel, the shaper.
 * Threads: immutable once it is shared; share freely.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_H
#define LUTIST_PIPE_CUBE_CUBE_H

#include <stdatomic.h>

#include "base/err.h"
#include "kernels.h"

/* The largest magnitude of an entry: no sum of products of such values overflows. */
#define CUBE_MOST_VALUE 1e30

typedef struct Cube {
    /* immutable after cube_take and cube_shape */
    Lut3d table;
    CurveTable shaper[3];     /* pieces = 0: none */
    double least[3], most[3]; /* of the entries, for red, green and blue */
    /* The largest change of result r with input c: slope[r][c]. */
    double slope[3][3];
    char name[64];      /* for people: of its file or function; "": none */
    bool identity;      /* over 0 … 1 each point's value is its place */
    double *values;     /* owned */
    CurvePiece *pieces; /* owned: the shaper's */
    size_t bytes;       /* of both */
    /* atomic */
    atomic_int refs;
} Cube;

/* The entries of a table with `size` points a side, not set yet; red's index rises
 * fastest. Free with mem_free. Fails: ERR_MEMORY. */
double *cube_values_new(int size, Err *err);
/* A cube of entries that are finite and within CUBE_MOST_VALUE. lo < hi in each
 * channel. Owns `values`. */
Cube *cube_take(double *values, int size, const double lo[3], const double hi[3]);
/* The same where (size - 1) / (hi - lo) is known. */
Cube *cube_take_scaled(double *values, int size, const double lo[3],
                       const double scale[3]);
/* Put a shaper in front: `count` >= 2 triples of values spread evenly over lo to hi,
 * joined by straight lines, with the end values beyond. Before the cube is shared.
 * Fails: ERR_MEMORY. */
bool cube_shape(Cube *cube, const double *rows, int count, const double lo[3],
                const double hi[3], Err *err);
/* The same where (count - 1) / (hi - lo) is known. */
bool cube_shape_scaled(Cube *cube, const double *rows, int count, const double lo[3],
                       const double scale[3], Err *err);
Cube *cube_ref(const Cube *cube);
void cube_unref(Cube **cube); /* nulls; NULL is fine */

/* In place: planes + mix * (cube(planes) - planes); the cube's own values where mix is
 * 1. */
void cube_eval(const Cube *cube, double mix, const Kernels *kernels,
               double *const planes[3], size_t n);

#endif
