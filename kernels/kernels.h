/* kernels — the table of pixel loops.
 *
 * kernels_fill puts the scalar reference into every slot and lets each CPU level up to
 * the asked one overwrite what it does faster. All levels give the same bits. Contracts
 * that hold for every slot: no alignment is needed beyond the element's own; nothing is
 * read or written outside the n pixels; src and dst are disjoint unless a slot says
 * otherwise; n = 0 does nothing.
 * Threads: kernels are pure; different ranges may run at once.
 */
#ifndef LUTIST_KERNELS_KERNELS_H
#define LUTIST_KERNELS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "cpu.h"
#include "mixer.h"
#include "plane.h"
#include "power.h"

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
 * pointers are fine. src and dst are disjoint or, where input and output have as many
 * channels, equal. Exact: no arithmetic at all. */
typedef void (*lut1d_fn)(void *dst, const void *src, size_t n,
                         const void *const tables[3]);

/* Half the size: n pixels of dst, each the mean of the 2×2 that begin at pixel 2 * i of
 * the rows `upper` and `lower` (which may be one and the same), rounded half up. The
 * index is the number of channels. With alpha (2 and 4 channels) colours count as much
 * as they are opaque, and alpha's own mean is plain. Exact. */
typedef void (*half_fn)(void *dst, const void *upper, const void *lower, size_t n);

/* n samples: floor(v / 257 + 0.5) and v * 257, which are each other's inverse. Exact.
 */
typedef void (*narrow_fn)(uint8_t *dst, const uint16_t *src, size_t n);
typedef void (*widen_fn)(uint16_t *dst, const uint8_t *src, size_t n);

typedef struct Kernels {
    lut1d_fn lut1d_u8[LUT_LAYOUTS];
    lut1d_fn lut1d_u16[LUT_LAYOUTS];
    /* The same operations for results larger than the caches: stores go past them.
     * Other threads see the result after any later lock or atomic release. */
    lut1d_fn lut1d_u8_stream[LUT_LAYOUTS];
    lut1d_fn lut1d_u16_stream[LUT_LAYOUTS];

    mixer_fn mixer_u8[2]; /* RGB, RGBA */
    mixer_marked_fn mixer_marked_u8[2];

    plane_fetch_fn plane_fetch[2]; /* 8, 16 bits */
    plane_matrix_fn plane_matrix;
    plane_curve_fn plane_curve;
    plane_store_fn plane_store[2]; /* 8, 16 bits */

    power_fn power_f64;

    half_fn half_u8[5], half_u16[5]; /* by channels, 1 to 4 */
    narrow_fn narrow;
    widen_fn widen;
} Kernels;

void kernels_fill(Kernels *kernels, CpuLevel level);

#endif
