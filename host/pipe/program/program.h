/* program — what kernels read to map the pixels of images of one depth: gray or colour.
 *
 * Threads: immutable after compile_plan; share freely.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_PROGRAM_PROGRAM_H
#define LUTIST_PIPE_PROGRAM_PROGRAM_H

#include <stdatomic.h>
#include <stdbool.h>

#include "image/image.h"
#include "kernels.h"
#include "pipe/plan/plan.h"
#include "pipe/program/cube_u8/cube_u8.h"
#include "pipe/program_floats/float_steps.h"

typedef enum ProgramKind {
    PROGRAM_NONE,     /* not chosen yet: only inside compile_plan */
    PROGRAM_IDENTITY, /* output is input */
    PROGRAM_TABLE,    /* one table for all colour channels */
    PROGRAM_TABLES,   /* a table a channel; gray input becomes RGB */
    PROGRAM_MATRIX,   /* a matrix alone; 8 bits */
    PROGRAM_MIXER,    /* tone, matrix, tone in tables; 8 bits */
    PROGRAM_CUBE,     /* tones, then one 3D table in whole numbers; 8 bits */
    PROGRAM_FLOATS,   /* tones, matrices and cubes in single precision */
    PROGRAM_PLANES,   /* the plan evaluated in double precision, one rounding */
} ProgramKind;

typedef struct Program {
    /* immutable after compile_plan */
    ProgramKind kind;
    int depth;              /* of input and output */
    bool gray;              /* made for 1 or 2 channels of input */
    void *tables[3];        /* PROGRAM_TABLE(S): levels samples each; equal for TABLE */
    MatrixU8 *matrix;       /* PROGRAM_MATRIX */
    MixerTables *mixer;     /* PROGRAM_MIXER; its `out` follow it in the same memory */
    CubeU8 *cube;           /* PROGRAM_CUBE */
    FloatSteps *floats;     /* PROGRAM_FLOATS */
    size_t table_bytes;     /* of all tables together, the plan's for PROGRAM_PLANES */
    Plan *plan;             /* a reference */
    const Kernels *kernels; /* of the CPU level in use */
    /* atomic */
    atomic_int refs;
} Program;

Program *program_ref(Program *program);
void program_unref(Program **program); /* nulls; NULL is fine */

/* The size and kind of the result for input `in`: gray may become RGB; depth and size
 * stay. */
ImageInfo program_output(const Program *program, ImageInfo in);

/* One line for -v and doctor: "one table for all channels", … */
const char *program_describe(const Program *program);

#endif
