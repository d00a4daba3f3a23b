/* compile — a plan turned into the tables that kernels read.
 *
 * The room pipe/program: each kind of program has a file that makes it (compile_KIND)
 * and one that applies it to pixels (map_KIND); kinds has them all, compile chooses
 * one. run applies a program to the rows of an image, over a pool or not, ctypes_entry
 * to those that a Python thread asks for. rounding makes samples of tables.
 *
 * A Program is for one depth and for gray or colour input. Tones become one table a
 * channel, rounded once. A gray input always becomes tables, because every pixel is a
 * function of one sample. At 8 bits a matrix alone has a kernel of its own, and one
 * with tones around it becomes a mixer, if that is exact enough. Other matrices, cubes
 * and tones in any number become the steps of the single-precision kernel (the room
 * pipe/program_floats), if that is exact enough; otherwise pixels are worked out in
 * double precision.
 * Threads: immutable after compile_plan; share freely.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_PROGRAM_COMPILE_H
#define LUTIST_PIPE_PROGRAM_COMPILE_H

#include "pipe/program/program.h"

/* `channels` of the input: 1 to 4. Fails: ERR_MEMORY. */
Program *compile_plan(Plan *plan, int channels, Err *err);

#endif
