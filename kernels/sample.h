/* sample — samples of 8 or 16 bits by one name, for loops that are written once.
 *
 * Private to kernels. `bits` is a constant where these are inlined, so that nothing is
 * decided at run time.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_SAMPLE_H
#define LUTIST_KERNELS_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

/* For a loop whose constants are known where it is called. */
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
