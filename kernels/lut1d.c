/* The scalar reference: what a lookup is, one line a sample. */
#include "lut1d.h"

#define DEFINE_LUT1D(BITS)                                                             \
    static void lk_lut1d_u##BITS##x1_c(void *dst, const void *src, size_t n,           \
                                       const void *const tables[3])                    \
    {                                                                                  \
        uint##BITS##_t *d = dst;                                                       \
        const uint##BITS##_t *s = src, *t = tables[0];                                 \
        for (size_t i = 0; i < n; i++)                                                 \
            d[i] = t[s[i]];                                                            \
    }                                                                                  \
    static void lk_lut1d_u##BITS##x2_c(void *dst, const void *src, size_t n,           \
                                       const void *const tables[3])                    \
    {                                                                                  \
        uint##BITS##_t *d = dst;                                                       \
        const uint##BITS##_t *s = src, *t = tables[0];                                 \
        for (size_t i = 0; i < n; i++, d += 2, s += 2) {                               \
            d[0] = t[s[0]];                                                            \
            d[1] = s[1];                                                               \
        }                                                                              \
    }                                                                                  \
    static void lk_lut1d_u##BITS##x3_c(void *dst, const void *src, size_t n,           \
                                       const void *const tables[3])                    \
    {                                                                                  \
        uint##BITS##_t *d = dst;                                                       \
        const uint##BITS##_t *s = src, *r = tables[0], *g = tables[1], *b = tables[2]; \
        for (size_t i = 0; i < n; i++, d += 3, s += 3) {                               \
            d[0] = r[s[0]];                                                            \
            d[1] = g[s[1]];                                                            \
            d[2] = b[s[2]];                                                            \
        }                                                                              \
    }                                                                                  \
    static void lk_lut1d_u##BITS##x4_c(void *dst, const void *src, size_t n,           \
                                       const void *const tables[3])                    \
    {                                                                                  \
        uint##BITS##_t *d = dst;                                                       \
        const uint##BITS##_t *s = src, *r = tables[0], *g = tables[1], *b = tables[2]; \
        for (size_t i = 0; i < n; i++, d += 4, s += 4) {                               \
            d[0] = r[s[0]];                                                            \
            d[1] = g[s[1]];                                                            \
            d[2] = b[s[2]];                                                            \
            d[3] = s[3];                                                               \
        }                                                                              \
    }                                                                                  \
    static void lk_lut1d_u##BITS##x1to3_c(void *dst, const void *src, size_t n,        \
                                          const void *const tables[3])                 \
    {                                                                                  \
        uint##BITS##_t *d = dst;                                                       \
        const uint##BITS##_t *s = src, *r = tables[0], *g = tables[1], *b = tables[2]; \
        for (size_t i = 0; i < n; i++, d += 3, s += 1) {                               \
            d[0] = r[s[0]];                                                            \
            d[1] = g[s[0]];                                                            \
            d[2] = b[s[0]];                                                            \
        }                                                                              \
    }                                                                                  \
    static void lk_lut1d_u##BITS##x2to4_c(void *dst, const void *src, size_t n,        \
                                          const void *const tables[3])                 \
    {                                                                                  \
        uint##BITS##_t *d = dst;                                                       \
        const uint##BITS##_t *s = src, *r = tables[0], *g = tables[1], *b = tables[2]; \
        for (size_t i = 0; i < n; i++, d += 4, s += 2) {                               \
            d[0] = r[s[0]];                                                            \
            d[1] = g[s[0]];                                                            \
            d[2] = b[s[0]];                                                            \
            d[3] = s[1];                                                               \
        }                                                                              \
    }                                                                                  \
    static const lut1d_fn lut1d_u##BITS[LUT_LAYOUTS] = {                               \
        [LUT_X1] = lk_lut1d_u##BITS##x1_c,                                             \
        [LUT_X2] = lk_lut1d_u##BITS##x2_c,                                             \
        [LUT_X3] = lk_lut1d_u##BITS##x3_c,                                             \
        [LUT_X4] = lk_lut1d_u##BITS##x4_c,                                             \
        [LUT_X1TO3] = lk_lut1d_u##BITS##x1to3_c,                                       \
        [LUT_X2TO4] = lk_lut1d_u##BITS##x2to4_c}

DEFINE_LUT1D(8);
DEFINE_LUT1D(16);

void lut1d_fill_c(Kernels *kernels)
{
    for (int layout = 0; layout < LUT_LAYOUTS; layout++) {
        kernels->lut1d_u8[layout] = lut1d_u8[layout];
        kernels->lut1d_u8_stream[layout] = lut1d_u8[layout];
        kernels->lut1d_u16[layout] = lut1d_u16[layout];
        kernels->lut1d_u16_stream[layout] = lut1d_u16[layout];
    }
}
