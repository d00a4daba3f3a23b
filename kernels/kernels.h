/* kernels — the table of pixel loops.
 *
 * kernels_fill puts the scalar reference into every slot and lets each CPU level up to
 * the asked one overwrite what it does faster. All levels give the same bits.
 * Threads: kernels are pure; different ranges may run at once.
 */
#ifndef LUTIST_KERNELS_KERNELS_H
#define LUTIST_KERNELS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "cpu.h"

/* What a lookup does with the interleaved samples of a pixel. */
typedef enum LutLayout {
    LUT_X1,    /* one sample, through tables[0]; also RGB through one table */
    LUT_X2,    /* gray through tables[0], alpha copied */
    LUT_X3,    /* red, green, blue through their tables */
    LUT_X4,    /* the same, alpha copied */
    LUT_X1TO3, /* gray in, three samples out */
    LUT_X2TO4, /* gray + alpha in, RGBA out */
    LUT_LAYOUTS
} LutLayout;

/* dst[i] = table[src[i]] for n pixels (LUT_X1: n samples).
 *
 * Samples are uint8_t or uint16_t, as the slot says; a table has 256 or 65,536 entries
 * of the same type, no padding. tables[1] and [2] are read by X3 and up only; equal
 * pointers are fine. No alignment is needed beyond the sample's own. Nothing is read or
 * written outside the n pixels; src and dst are disjoint or, where input and output
 * have as many channels, equal. n = 0 does nothing. Exact: no arithmetic at all. */
typedef void (*lut1d_fn)(void *dst, const void *src, size_t n,
                         const void *const tables[3]);

typedef struct Kernels {
    lut1d_fn lut1d_u8[LUT_LAYOUTS];
    lut1d_fn lut1d_u16[LUT_LAYOUTS];
    /* The same operations for results larger than the caches: stores go past them.
     * Other threads see the result after any later lock or atomic release. */
    lut1d_fn lut1d_u8_stream[LUT_LAYOUTS];
} Kernels;

void kernels_fill(Kernels *kernels, CpuLevel level);

#endif
