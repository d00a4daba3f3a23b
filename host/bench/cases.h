/* cases — the looks that the benchmark runs, in C so that no Python is needed.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_CASES_H
#define LUTIST_BENCH_CASES_H

#include "pipe/plan/plan.h"

typedef struct Case {
    const char *op;    /* "lut1d", "tone_matrix_tone", … */
    const char *pixel; /* "u8x3" */
    int channels, depth;
    int tables; /* 1, or 3 for a table a channel; 0 where neither fits */
    int chain;  /* tones in a row */
    bool noise; /* of white noise instead of a picture */
    bool jump;  /* a tone in steps comes last */
} Case;

extern const Case cases_all[];
extern const int cases_count;

/* The case's look. Fails: ERR_MEMORY. */
Plan *cases_plan(const Case *one, Err *err);
/* The same look for one pixel straight from its formulas, normalised and unclamped. */
void cases_reference(const Case *one, const double in[3], double out[3]);

#endif
