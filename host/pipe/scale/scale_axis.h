/* scale_axis — which source pixels make each output pixel, in one direction.
 *
 * Weights of one output pixel add up to 1; some are negative. Down, and up below 2×: a
 * cubic around its centre. Up from there on: the nearest one.
 * Threads: immutable after init.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SCALE_SCALE_AXIS_H
#define LUTIST_PIPE_SCALE_SCALE_AXIS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

typedef struct ScaleAxis {
    int *first;     /* per output pixel: the first source pixel */
    int *count;     /* per output pixel: how many, 1 and up */
    float *weights; /* output pixel i's start at i × taps; 0 beyond its count */
    int16_t *whole; /* the same in whole numbers of `unit`; NULL: not made */
    float unit;     /* a power of two */
    int taps;       /* the largest count there can be */
    int low, high;  /* all source pixels lie in [low, high) */
    bool plain;     /* every count is 1: pixels are only copied */
} ScaleAxis;

/* `out` pixels that show [from, from + extent) of `size` source pixels.
 * Fails: ERR_MEMORY. */
bool scale_axis_init(ScaleAxis *axis, double from, double extent, int size, int out,
                     Err *err);
/* Make the weights of `out` pixels whole as well: rounded to the finest unit that the
 * kernel which adds up bytes can take. A sum of bytes is then off by a hundredth, and
 * that of equal bytes by nothing. Fails: ERR_MEMORY. */
bool scale_axis_make_whole(ScaleAxis *axis, int out, Err *err);
/* Zeroed is fine. */
void scale_axis_term(ScaleAxis *axis);

#endif
