/* Halving of what tables make of two rows. Two loads a sample, its own and its entry's,
 * are all there is to do: the mapped rows are never written. A processor does not look
 * far ahead among so many loads, so the rows' lines are asked for early. */
#include "halve/halve.h"
#include "sample.h"

/* Pixels of a round, whose rows fill whole lines; bytes that are asked for ahead. */
enum { ROUND = 32, LINE = 64, AHEAD = 1536 };

KERNEL_INLINE void ask_for(const uint8_t *row, int bytes)
{
    for (int i = 0; i < bytes; i += LINE)
        __builtin_prefetch((const char *)row + AHEAD + i);
}

KERNEL_INLINE uint32_t entry(const void *table, const uint8_t *row, size_t i, int bits)
{
    return sample_get(table, sample_get(row, i, bits), bits);
}

/* `k` channels of `bits`: constants where this is inlined. */
KERNEL_INLINE void halve_through(uint8_t *d, const uint8_t *u, const uint8_t *l,
                                 size_t n, const void *const t[3], size_t k, int bits)
{
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < k; c++) {
            size_t at = 2 * k * i + c;
            uint32_t upper = entry(t[c], u, at, bits) + entry(t[c], u, at + k, bits);
            uint32_t lower = entry(t[c], l, at, bits) + entry(t[c], l, at + k, bits);
            sample_put(d, k * i + c, (upper + lower + 2) / 4, bits);
        }
}

KERNEL_INLINE void halve_rows(void *dst, const void *upper, const void *lower, size_t n,
                              const void *const tables[3], size_t k, int bits)
{
    const void *const t[3] = {tables[0], tables[1], tables[2]};
    const size_t out = ROUND * k * (size_t)bits / 8, step = 2 * out;
    uint8_t *d = dst;
    const uint8_t *u = upper, *l = lower;
    for (; n >= ROUND; n -= ROUND, d += out, u += step, l += step) {
        ask_for(u, (int)step);
        ask_for(l, (int)step);
        halve_through(d, u, l, ROUND, t, k, bits);
    }
    halve_through(d, u, l, n, t, k, bits);
}

static void lk_lut_halve_u8x3_c(void *d, const void *u, const void *l, size_t n,
                                const void *const tables[3])
{
    const void *const one[3] = {tables[0], tables[0], tables[0]};
    halve_rows(d, u, l, n, one, 3, 8);
}

static void lk_lut_halve_u16x1_c(void *d, const void *u, const void *l, size_t n,
                                 const void *const tables[3])
{
    halve_rows(d, u, l, n, tables, 1, 16);
}

static void lk_lut_halve_u16x3_c(void *d, const void *u, const void *l, size_t n,
                                 const void *const tables[3])
{
    halve_rows(d, u, l, n, tables, 3, 16);
}

void lut_halve_fill_c(HalveKernels *kernels)
{
    kernels->lut_u8[3] = lk_lut_halve_u8x3_c;
    kernels->lut_u16[1] = lk_lut_halve_u16x1_c;
    kernels->lut_u16[3] = lk_lut_halve_u16x3_c;
}
