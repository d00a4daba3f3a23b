/* Depth conversion: (v + 128) / 257 is (v * 255 + 32,895) >> 16 for every v. */
#include <arm_neon.h>

#include "convert_depth.h"

enum { STEP = 16 };

static inline uint16x4_t narrow_4(uint16x4_t v)
{
    return vaddhn_u32(vmull_n_u16(v, 255), vdupq_n_u32(32895));
}

static inline uint8x8_t narrow_8(uint16x8_t v)
{
    return vmovn_u16(
        vcombine_u16(narrow_4(vget_low_u16(v)), narrow_4(vget_high_u16(v))));
}

static void lk_narrow_neon(uint8_t *dst, const uint16_t *src, size_t n)
{
    size_t i = 0;
    for (; i + STEP <= n; i += STEP)
        vst1q_u8(dst + i, vcombine_u8(narrow_8(vld1q_u16(src + i)),
                                      narrow_8(vld1q_u16(src + i + STEP / 2))));
    for (; i < n; i++)
        dst[i] = (uint8_t)((src[i] + 128u) / 257u);
}

static void lk_widen_neon(uint16_t *dst, const uint8_t *src, size_t n)
{
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        uint8x16_t v = vld1q_u8(src + i);
        uint8x16x2_t pairs = vzipq_u8(v, v);
        vst1q_u16(dst + i, vreinterpretq_u16_u8(pairs.val[0]));
        vst1q_u16(dst + i + STEP / 2, vreinterpretq_u16_u8(pairs.val[1]));
    }
    for (; i < n; i++)
        dst[i] = (uint16_t)(src[i] * 257u);
}

void convert_depth_fill_neon(ConvertDepthKernels *kernels)
{
    kernels->narrow = lk_narrow_neon;
    kernels->widen = lk_widen_neon;
}
