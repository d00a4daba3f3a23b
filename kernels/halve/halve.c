/* The scalar reference of halve.h. */
#include "halve/halve.h"

#include <stdbool.h>

/* `k` channels: a constant where this is inlined. If the four alphas are equal the
 * weighted mean is the plain mean, without a division by a variable. */
#define DEFINE_HALVE(BITS, WIDE)                                                       \
    typedef uint##BITS##_t u##BITS;                                                    \
    static inline u##BITS mean_u##BITS(const u##BITS *u, const u##BITS *l, int k)      \
    {                                                                                  \
        return (u##BITS)(((uint32_t)u[0] + u[k] + l[0] + l[k] + 2) / 4);               \
    }                                                                                  \
    static inline u##BITS weighted_u##BITS(const u##BITS *u, const u##BITS *l, int k,  \
                                           int alpha, WIDE total)                      \
    {                                                                                  \
        WIDE sum = (WIDE)u[0] * u[alpha] + (WIDE)u[k] * u[k + alpha] +                 \
                   (WIDE)l[0] * l[alpha] + (WIDE)l[k] * l[k + alpha];                  \
        return (u##BITS)(total ? (sum + total / 2) / total : 0);                       \
    }                                                                                  \
    static inline void halve_u##BITS(u##BITS *d, const u##BITS *u, const u##BITS *l,   \
                                     size_t n, int k)                                  \
    {                                                                                  \
        const int a = k - 1;                                                           \
        for (size_t i = 0; i < n; i++, d += k, u += 2 * k, l += 2 * k) {               \
            bool even = k % 2 || (u[a] && u[a] == u[a + k] && u[a] == l[a] &&          \
                                  u[a] == l[a + k]);                                   \
            WIDE total = (WIDE)u[a] + u[a + k] + l[a] + l[a + k];                      \
            for (int c = 0; c < k; c++)                                                \
                d[c] = even || c == a                                                  \
                           ? mean_u##BITS(u + c, l + c, k)                             \
                           : weighted_u##BITS(u + c, l + c, k, a - c, total);          \
        }                                                                              \
    }

DEFINE_HALVE(8, uint32_t)
DEFINE_HALVE(16, uint64_t)

#define DEFINE_SLOT(BITS, CHANNELS)                                                    \
    static void lk_halve_u##BITS##x##CHANNELS##_c(void *d, const void *u,              \
                                                  const void *l, size_t n)             \
    {                                                                                  \
        halve_u##BITS(d, u, l, n, CHANNELS);                                           \
    }

DEFINE_SLOT(8, 1)
DEFINE_SLOT(8, 2)
DEFINE_SLOT(8, 3)
DEFINE_SLOT(8, 4)
DEFINE_SLOT(16, 1)
DEFINE_SLOT(16, 2)
DEFINE_SLOT(16, 3)
DEFINE_SLOT(16, 4)

void halve_fill_c(HalveKernels *kernels)
{
    static const halve_fn u8s[5] = {NULL, lk_halve_u8x1_c, lk_halve_u8x2_c,
                                    lk_halve_u8x3_c, lk_halve_u8x4_c};
    static const halve_fn u16s[5] = {NULL, lk_halve_u16x1_c, lk_halve_u16x2_c,
                                     lk_halve_u16x3_c, lk_halve_u16x4_c};
    for (int channels = 1; channels <= 4; channels++) {
        kernels->u8[channels] = u8s[channels];
        kernels->u16[channels] = u16s[channels];
    }
}
