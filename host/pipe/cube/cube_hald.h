/* cube_hald — a HaldCLUT: a picture whose pixels are a 3D table.
 *
 * Level L has L² points a side in a picture of L³ x L³ pixels, 2 <= L <= 16. The points
 * stand row by row, red's index rising fastest, then green's. The samples are values as
 * they are stored, 0 black and 1 white; a profile changes nothing.
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_HALD_H
#define LUTIST_PIPE_CUBE_CUBE_HALD_H

#include <stdio.h>

#include "base/thread/cancel.h"
#include "pipe/cube/cube.h"

enum { CUBE_HALD_MOST_LEVEL = 16 };

/* Read `file`, a PNG or TIFF picture of 8 or 16 bits; `path` is for errors. The header
 * alone decides about the lattice's memory. NULL: ERR_FILE "PATH: reason" for a picture
 * of another shape, a gray, transparent, turned or damaged one, one whose pixels need
 * not be exact (reader_inexact), and for another format; ERR_MEMORY, ERR_CANCELLED. */
Cube *cube_hald_read(FILE *file, const char *path, Cancel *cancel, Err *err);

#endif
