/* Halving of what 16-bit tables make of two rows. Two loads a sample, its own and its
 * entry's, are all there is to do: the mapped rows are never written. A processor does
 * not look far ahead among so many loads, so the rows' lines are asked for early. */
#include "halve/halve.h"
#include "sample.h"

/* Pixels of a round, whose rows fill whole lines; bytes that are asked for ahead. */
enum { ROUND = 32, LINE = 64, AHEAD = 1536 };

KERNEL_INLINE void ask_for(const uint16_t *row, int channels)
{
    const char *from = (const char *)row + AHEAD;
    for (int i = 0; i < 2 * ROUND * channels * (int)sizeof *row; i += LINE)
        __builtin_prefetch(from + i);
}

/* `k` channels: a constant where this is inlined. */
KERNEL_INLINE void halve_through(uint16_t *d, const uint16_t *u, const uint16_t *l,
                                 size_t n, const void *const tables[3], int k)
{
    const uint16_t *const t[3] = {tables[0], tables[1], tables[2]};
    for (size_t i = 0; i < n; i++, d += k, u += 2 * k, l += 2 * k)
        for (int c = 0; c < k; c++)
            d[c] = (uint16_t)(((uint32_t)t[c][u[c]] + t[c][u[c + k]] + t[c][l[c]] +
                               t[c][l[c + k]] + 2) /
                              4);
}

KERNEL_INLINE void halve_rows(uint16_t *d, const uint16_t *u, const uint16_t *l,
                              size_t n, const void *const tables[3], int k)
{
    const int step = 2 * ROUND * k;
    for (; n >= ROUND; n -= ROUND, d += ROUND * k, u += step, l += step) {
        ask_for(u, k);
        ask_for(l, k);
        halve_through(d, u, l, ROUND, tables, k);
    }
    halve_through(d, u, l, n, tables, k);
}

static void lk_lut_halve_u16x1_c(void *d, const void *u, const void *l, size_t n,
                                 const void *const tables[3])
{
    const void *const gray[3] = {tables[0], tables[0], tables[0]};
    halve_rows(d, u, l, n, gray, 1);
}

static void lk_lut_halve_u16x3_c(void *d, const void *u, const void *l, size_t n,
                                 const void *const tables[3])
{
    halve_rows(d, u, l, n, tables, 3);
}

void lut_halve_fill_c(HalveKernels *kernels)
{
    kernels->lut_u16[1] = lk_lut_halve_u16x1_c;
    kernels->lut_u16[3] = lk_lut_halve_u16x3_c;
}
