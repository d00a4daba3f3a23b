/* copy — samples as they are, past the caches.
 *
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_COPY_COPY_H
#define LUTIST_KERNELS_COPY_COPY_H

#include <stddef.h>

/* dst[i] = src[i] for n bytes, for results larger than the caches: stores bypass them,
 * so the old bytes of dst are not read. Other threads see the result after any later
 * lock or atomic release. As in kernels.h. */
typedef void (*copy_fn)(void *dst, const void *src, size_t n);

typedef struct CopyKernels {
    copy_fn stream;
} CopyKernels;

void copy_fill_c(CopyKernels *kernels);
void copy_fill_avx2(CopyKernels *kernels);

#endif
