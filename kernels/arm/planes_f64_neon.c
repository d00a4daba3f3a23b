/* planes_f64.h two values at a time; the same operations in the same order as
 * planes_f64.c. */
#include <arm_neon.h>

#include "planes_f64.h"
#include "sample.h"

enum { LANES = 2 };

static inline float64x2_t row_of(float64x2_t r, float64x2_t g, float64x2_t b,
                                 const double m[4])
{
    float64x2_t sum = vmulq_n_f64(r, m[0]);
    sum = vaddq_f64(sum, vmulq_n_f64(g, m[1]));
    sum = vaddq_f64(sum, vmulq_n_f64(b, m[2]));
    return vaddq_f64(sum, vdupq_n_f64(m[3]));
}

static void lk_planes_matrix_neon(double *const planes[3], size_t n,
                                  const double m[3][4])
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        float64x2_t r = vld1q_f64(planes[0] + i), g = vld1q_f64(planes[1] + i);
        float64x2_t b = vld1q_f64(planes[2] + i);
        for (int k = 0; k < 3; k++)
            vst1q_f64(planes[k] + i, row_of(r, g, b, m[k]));
    }
    for (; i < n; i++) {
        float64x2_t r = vdupq_n_f64(planes[0][i]), g = vdupq_n_f64(planes[1][i]);
        float64x2_t b = vdupq_n_f64(planes[2][i]);
        for (int k = 0; k < 3; k++)
            planes[k][i] = vgetq_lane_f64(row_of(r, g, b, m[k]), 0);
    }
}

/* maxnm() ignores a NaN. The values are >= 0, so truncation is the floor. */
static inline uint64x2_t quantise(float64x2_t v, double most)
{
    v = vmaxnmq_f64(v, vdupq_n_f64(0.0));
    v = vminq_f64(v, vdupq_n_f64(1.0));
    return vcvtq_u64_f64(vaddq_f64(vmulq_n_f64(v, most), vdupq_n_f64(0.5)));
}

KERNEL_INLINE void store(void *dst, const double *const in[3], size_t n, int channels,
                         const void *alpha_from, int bits, double most)
{
    for (size_t i = 0; i < n; i += LANES) {
        size_t count = n - i < LANES ? n - i : LANES, at = i * (size_t)channels;
        for (size_t c = 0; c < 3; c++) {
            float64x2_t v =
                count == LANES ? vld1q_f64(in[c] + i) : vdupq_n_f64(in[c][i]);
            uint64x2_t q = quantise(v, most);
            sample_put(dst, at + c, (unsigned)vgetq_lane_u64(q, 0), bits);
            if (count == LANES)
                sample_put(dst, at + (size_t)channels + c,
                           (unsigned)vgetq_lane_u64(q, 1), bits);
        }
        for (size_t k = at + 3; channels == 4 && k < 4 * (i + count); k += 4)
            sample_put(dst, k, sample_get(alpha_from, k, bits), bits);
    }
}

static void lk_planes_store_u8_neon(void *dst, const double *const in[3], size_t n,
                                    int channels, const void *alpha_from)
{
    store(dst, in, n, channels, alpha_from, 8, 255.0);
}

static void lk_planes_store_u16_neon(void *dst, const double *const in[3], size_t n,
                                     int channels, const void *alpha_from)
{
    store(dst, in, n, channels, alpha_from, 16, 65535.0);
}

void planes_f64_fill_neon(PlanesKernels *kernels)
{
    kernels->matrix = lk_planes_matrix_neon;
    kernels->store[0] = lk_planes_store_u8_neon;
    kernels->store[1] = lk_planes_store_u16_neon;
}
