/* lut1d — the one-dimensional lookup: dst[i] = table[src[i]].
 *
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_LUT1D_H
#define LUTIST_KERNELS_LUT1D_H

#include <stddef.h>
#include <stdint.h>

/* The layout of a lookup's interleaved samples. */
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
 * of the same type, no padding. X3 and the layouts after it read tables[1] and [2];
 * equal pointers are fine. src and dst are disjoint; they may be equal if input and
 * output have as many channels. Exact: no arithmetic at all. Otherwise as in kernels.h.
 */
typedef void (*lut1d_fn)(void *dst, const void *src, size_t n,
                         const void *const tables[3]);

typedef struct Lut1dKernels {
    lut1d_fn u8[LUT_LAYOUTS], u16[LUT_LAYOUTS];
    /* The same operations for results larger than the caches: stores bypass them. Other
     * threads see the result after any later lock or atomic release. */
    lut1d_fn u8_stream[LUT_LAYOUTS], u16_stream[LUT_LAYOUTS];
} Lut1dKernels;

void lut1d_fill_c(Lut1dKernels *kernels);
void lut1d_fill_avx2(Lut1dKernels *kernels);
void lut1d_u16_fill_avx2(Lut1dKernels *kernels);
void lut1d_fill_avx512(Lut1dKernels *kernels);
void lut1d_fill_neon(Lut1dKernels *kernels);

#endif
