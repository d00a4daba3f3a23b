/* cube — a 3D table, shared by reference count.
 *
 * The room host/pipe/cube: the table (here), its points as kernels read them
 * (cube_points), and files of tables (cube_file, which
 * gives cube_tables): the text of a .cube file (cube_text, with its lines in cube_lines
 * and its numbers in cube_number) and a HaldCLUT picture (cube_hald).
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

typedef struct CubeShelf CubeShelf; /* cube_points.h */

typedef struct Cube {
    /* immutable after cube_take and cube_shaped, but for what the shelf holds */
    Lut3d table;
    CurveTable shaper[3];     /* pieces = 0: none */
    double least[3], most[3]; /* of the entries, for red, green and blue */
    /* The largest change of result r with input c: slope[r][c]. */
    double slope[3][3];
    char name[64];      /* for people: of its file or function; "": none */
    bool identity;      /* over 0 … 1 each point's value is its place */
    bool neutral;       /* grays stay gray */
    double *values;     /* owned, unless they are those of `plain` */
    struct Cube *plain; /* a reference: the cube behind the shaper; NULL: none */
    CurvePiece *pieces; /* owned: the shaper's */
    size_t bytes;       /* of both */
    CubeShelf *shelf;   /* owned as `values` are; guarded by its own lock */
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
/* A new cube: `plain`, whose values it shares, behind a shaper of `count` >= 2 triples
 * of values spread evenly over lo to lo + (count - 1) / scale, joined by straight
 * lines, with the end values beyond. NULL, ERR_MEMORY. */
Cube *cube_shaped(const Cube *plain, const double *rows, int count, const double lo[3],
                  const double scale[3], Err *err);
Cube *cube_ref(const Cube *cube);
void cube_unref(Cube **cube); /* nulls; NULL is fine */

/* In place: planes + mix * (cube(planes) - planes); the cube's own values where mix is
 * 1. */
void cube_eval(const Cube *cube, double mix, const Kernels *kernels,
               double *const planes[3], size_t n);

#endif
