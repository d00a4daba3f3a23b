/* tones — neighbouring tones worked out one after the other, and what is kept of them.
 *
 * Moving a slider changes one stage, and a plan is made anew. A Tones keeps the values
 * after each tone of the last plan and works out only what follows the first change;
 * channels share what is the same. A tone is known by its expression, so a curve
 * without one is always called again, but what follows it is kept when its values are
 * the same. Memory is bounded: see TONES_BYTES.
 * Threads: one at a time; expressions are shared out over a pool.
 * Python:  unaware; Curve.eval is called on the calling thread.
 */
#ifndef LUTIST_PIPE_TONE_TONES_H
#define LUTIST_PIPE_TONE_TONES_H

#include "base/thread/pool.h"
#include "pipe/stage.h"

/* Steps of a channel's tones that are kept; longer chains are kept at every second,
 * third … tone. */
enum { TONES_STEPS = 16 };
/* What is kept at most after a plan is made: that many vectors of 16 bits for three
 * channels. */
enum { TONES_BYTES = 3 * (TONES_STEPS + 1) * 65537 * 8 };

typedef struct Tones Tones;

Tones *tones_new(void);
void tones_free(Tones *tones); /* NULL is fine */

/* Around the making of one plan. What the plan did not use is dropped at its end, or at
 * the next one's where that failed. */
void tones_begin(Tones *tones);
void tones_end(Tones *tones);

/* The `count` tones at `stages` at every value that a file can hold, i / (levels - 1).
 * out[c]: NULL where channel c stays as it is, else a reference (values.h) to levels
 * values; equal pointers where channels are the same.
 * Fails: what a curve says, ERR_MEMORY; out is then all NULL. */
bool tones_first(Tones *tones, Pool *pool, const Stage *stages, int count, int levels,
                 double *out[3], Err *err);

/* y = the tones of one channel at y[0 … n), in place. Fails: as above. */
bool tones_apply(Tones *tones, Pool *pool, const Stage *stages, int count, int channel,
                 double *y, size_t n, Err *err);

/* The tones of a channel that stand in a row, as one function. */
typedef struct ToneRun {
    Tones *tones;
    Pool *pool; /* or NULL */
    const Stage *stages;
    int count, channel;
} ToneRun;

/* Without an expression; `run` must outlive it. */
Curve tones_curve(ToneRun *run);

/* Why `curve` was called although it has an expression, in the plan that is being made
 * or was made last; NULL: it was not. */
const char *tones_distrust(const Tones *tones, const Curve *curve);

/* Bytes that are kept now, and vectors that have been worked out since tones_new, for
 * tests and -v. */
size_t tones_bytes(const Tones *tones);
unsigned long tones_evaluations(const Tones *tones);

#endif
