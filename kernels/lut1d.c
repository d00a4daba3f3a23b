/* The scalar reference of lut1d.h. */
#include "lut1d.h"

#include "sample.h"

/* Bits and channels are constants where this is inlined. */
KERNEL_INLINE void look_up(void *dst, const void *src, size_t n,
                           const void *const tables[3], int bits, size_t in, size_t out)
{
    const size_t colours = out < 3 ? 1 : 3;
    const void *const table[3] = {tables[0], out < 3 ? NULL : tables[1],
                                  out < 3 ? NULL : tables[2]};
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < colours; c++) {
            unsigned from = sample_get(src, i * in + (in < 3 ? 0 : c), bits);
            sample_put(dst, i * out + c, sample_get(table[c], from, bits), bits);
        }
        if (out % 2 == 0)
            sample_put(dst, i * out + out - 1, sample_get(src, i * in + in - 1, bits),
                       bits);
    }
}

#define DEFINE(NAME, BITS, IN, OUT)                                                    \
    static void lk_lut1d_##NAME##_c(void *dst, const void *src, size_t n,              \
                                    const void *const tables[3])                       \
    {                                                                                  \
        look_up(dst, src, n, tables, BITS, IN, OUT);                                   \
    }

DEFINE(u8x1, 8, 1, 1)
DEFINE(u8x2, 8, 2, 2)
DEFINE(u8x3, 8, 3, 3)
DEFINE(u8x4, 8, 4, 4)
DEFINE(u8x1to3, 8, 1, 3)
DEFINE(u8x2to4, 8, 2, 4)
DEFINE(u16x1, 16, 1, 1)
DEFINE(u16x2, 16, 2, 2)
DEFINE(u16x3, 16, 3, 3)
DEFINE(u16x4, 16, 4, 4)
DEFINE(u16x1to3, 16, 1, 3)
DEFINE(u16x2to4, 16, 2, 4)

void lut1d_fill_c(Lut1dKernels *kernels)
{
    *kernels = (Lut1dKernels){
        .u8 = {[LUT_X1] = lk_lut1d_u8x1_c,
               [LUT_X2] = lk_lut1d_u8x2_c,
               [LUT_X3] = lk_lut1d_u8x3_c,
               [LUT_X4] = lk_lut1d_u8x4_c,
               [LUT_X1TO3] = lk_lut1d_u8x1to3_c,
               [LUT_X2TO4] = lk_lut1d_u8x2to4_c},
        .u16 = {[LUT_X1] = lk_lut1d_u16x1_c,
                [LUT_X2] = lk_lut1d_u16x2_c,
                [LUT_X3] = lk_lut1d_u16x3_c,
                [LUT_X4] = lk_lut1d_u16x4_c,
                [LUT_X1TO3] = lk_lut1d_u16x1to3_c,
                [LUT_X2TO4] = lk_lut1d_u16x2to4_c},
    };
    for (int layout = 0; layout < LUT_LAYOUTS; layout++) {
        kernels->u8_stream[layout] = kernels->u8[layout];
        kernels->u16_stream[layout] = kernels->u16[layout];
    }
}
