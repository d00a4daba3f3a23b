/* sample — one name for samples of 8 and of 16 bits, for loops that are written once.
 *
 * Private to kernels. `bits` is a constant where these are inlined, so nothing is
 * decided at run time.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_SAMPLE_H
#define LUTIST_KERNELS_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

/* For a loop whose caller passes constants. */
#define KERNEL_INLINE static inline __attribute__((always_inline))

KERNEL_INLINE unsigned sample_get(const void *samples, size_t i, int bits)
{
    return bits == 8 ? ((const uint8_t *)samples)[i] : ((const uint16_t *)samples)[i];
}

KERNEL_INLINE void sample_put(void *samples, size_t i, unsigned value, int bits)
{
    if (bits == 8)
        ((uint8_t *)samples)[i] = (uint8_t)value;
    else
        ((uint16_t *)samples)[i] = (uint16_t)value;
}

#endif
