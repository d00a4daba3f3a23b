/* cube_u8 — a plan of tones and one cube at 8 bits, as the table of lut3d_u8.h.
 *
 * The room pipe/program/cube_u8: the table (here), and the kind of program (see
 * pipe/program/kinds.h). Tones in front and the cube's shaper become places on the
 * lattice; `mix` and matrices behind the cube are folded into its points.
 * Threads: immutable once made; share freely.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_CUBE_U8_CUBE_U8_H
#define LUTIST_PIPE_PROGRAM_CUBE_U8_CUBE_U8_H

#include "pipe/cube/cube_points.h"

typedef struct CubeU8 {
    Lut3dU8 table; /* for the kernel */
    uint32_t place[3][LUT3D_U8_SAMPLES];
    CubePoints *points; /* a reference */
    size_t bytes;       /* of all tables */
} CubeU8;

void cube_u8_free(CubeU8 *cube); /* NULL is fine */

#endif
