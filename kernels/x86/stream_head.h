/* stream_head — where stores past the caches can begin.
 *
 * Private to kernels.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_STREAM_HEAD_H
#define LUTIST_KERNELS_X86_STREAM_HEAD_H

#include <stddef.h>
#include <stdint.h>

/* Pixels of `pixel` bytes until d is a multiple of `align` bytes, a power of two;
 * SIZE_MAX if it never is. */
static inline size_t stream_head(const void *d, size_t pixel, size_t align)
{
    for (size_t head = 0; head < align; head++)
        if (((uintptr_t)d + pixel * head) % align == 0)
            return head;
    return SIZE_MAX;
}

#endif
