/* bench_looks — the looks that the kernels' benchmark runs, in C, so it needs no
 * Python.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_LOOKS_H
#define LUTIST_BENCH_BENCH_LOOKS_H

#include "pipe/plan/plan.h"

typedef struct BenchLook {
    const char *op;    /* "lut1d", "tone_matrix_tone", … */
    const char *pixel; /* "u8x3" */
    int channels, depth;
    int tables; /* 1, or 3 for a table a channel; 0: neither is possible */
    int chain;  /* tones in a row */
    bool noise; /* of white noise instead of a picture */
    bool jump;  /* a tone in steps comes last */
    bool cube;  /* a 3D table instead of the matrix and the tones after it */
    bool mixed; /* the matrix before the 3D table */
    bool toned; /* the tones after the 3D table, too */
} BenchLook;

extern const BenchLook bench_looks_all[];
extern const int bench_looks_count;

/* The plan of the look. Fails: ERR_MEMORY. */
Plan *bench_looks_plan(const BenchLook *one, Err *err);
/* The look's result for one pixel straight from its formulas, normalised and unclamped.
 */
void bench_looks_reference(const BenchLook *one, const double in[3], double out[3]);

#endif
