/* compile — a plan turned into the tables that kernels read.
 *
 * The room pipe/program: tables and their rounding (here, mixer_tables, rounding), and
 * the kernels over an image's rows (run, ctypes_entry).
 *
 * A Program is for one depth and for gray or colour input. Tones become one table a
 * channel, rounded once. A gray input always becomes tables, because every pixel is a
 * function of one sample. A matrix with tones around it becomes a mixer at 8 bits, if
 * that is exact enough; otherwise pixels are worked out in double precision.
 * Threads: immutable after compile_plan; share freely.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_PROGRAM_COMPILE_H
#define LUTIST_PIPE_PROGRAM_COMPILE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "image/image.h"
#include "kernels.h"
#include "pipe/plan/plan.h"

typedef enum ProgramKind {
    PROGRAM_IDENTITY, /* output is input */
    PROGRAM_TABLE,    /* one table for all colour channels */
    PROGRAM_TABLES,   /* a table a channel; gray input becomes RGB */
    PROGRAM_MIXER,    /* tone, matrix, tone in tables; 8 bits */
    PROGRAM_PLANES,   /* the plan evaluated in double precision, one rounding */
} ProgramKind;

typedef struct Program {
    /* immutable after compile_plan */
    ProgramKind kind;
    int depth;              /* of input and output */
    bool gray;              /* made for 1 or 2 channels of input */
    void *tables[3];        /* PROGRAM_TABLE(S): levels samples each; equal for TABLE */
    MixerTables *mixer;     /* PROGRAM_MIXER; its `out` follow it in the same memory */
    size_t table_bytes;     /* of all tables together, the plan's for PROGRAM_PLANES */
    Plan *plan;             /* a reference */
    const Kernels *kernels; /* of the CPU level in use */
    /* atomic */
    atomic_int refs;
} Program;

/* `channels` of the input: 1 to 4. Fails: ERR_MEMORY. */
Program *compile_plan(Plan *plan, int channels, Err *err);
Program *program_ref(Program *program);
void program_unref(Program **program); /* nulls; NULL is fine */

/* The size and kind of the result for input `in`: gray may become RGB; depth and size
 * stay. */
ImageInfo program_output(const Program *program, ImageInfo in);

/* One line for -v and doctor: "one table for all channels", … */
const char *program_describe(const Program *program);

#endif
