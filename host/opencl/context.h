/* context — an open device, and what is kept on it.
 *
 * Private to the room.
 * Threads: as each field says. A lane belongs to the thread that has taken it.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_CONTEXT_H
#define LUTIST_OPENCL_CONTEXT_H

#include <pthread.h>

#include "opencl/call.h"
#include "opencl/devices/device_list.h"

enum { LANES = 2, MOST_TABLES = 8, MOST_CHANNELS = 4 };

typedef enum KernelName {
    KERNEL_LUT_ONE,
    KERNEL_LUT_CHANNELS,
    KERNEL_MATRIX_U8,
    KERNEL_MIXER,
    KERNEL_LUT3D_U8,
    KERNEL_LUT3D_F32,
    KERNEL_HALVE,
    KERNELS
} KernelName;

/* A kernel compiled for pixels of one layout. */
typedef struct KernelKey {
    KernelName name;
    int depth, in, out; /* channels */
} KernelKey;

enum { KEYS = KERNELS * 2 * MOST_CHANNELS * MOST_CHANNELS };

static inline int kernel_index(KernelKey key)
{
    return ((int)key.name * 2 + (key.depth == 16)) * MOST_CHANNELS * MOST_CHANNELS +
           (key.in - 1) * MOST_CHANNELS + key.out - 1;
}

/* A buffer of the device that grows. */
typedef struct Buffer {
    cl_mem mem; /* NULL: none */
    size_t size;
} Buffer;

/* A queue with its memory: what it does is done in order, beside the other lane. */
typedef struct Lane {
    cl_command_queue queue;
    Buffer src, dst, found, half[2];
    cl_kernel kernels[KEYS]; /* NULL: not yet made */
    bool taken;              /* guarded by the lock */
} Lane;

/* A part of a program's tables. */
typedef struct Region {
    const void *host;
    size_t bytes, at;
} Region;

/* The tables of a program on the device. */
typedef struct DeviceTables {
    Program *program; /* a reference, so that regions stay; NULL: an empty place */
    Buffer buffer;
    Region *regions; /* owned */
    int n_regions;
    int users;
    uint64_t used; /* when */
} DeviceTables;

struct OpenCl {
    /* immutable */
    const OpenClLibrary *cl;
    Device device;
    cl_context context;
    pthread_mutex_t lock;
    pthread_cond_t freed; /* a lane */
    /* guarded by lock, but for what is in a lane that is taken */
    Lane lanes[LANES];
    cl_program programs[KEYS]; /* NULL: not yet built */
    DeviceTables tables[MOST_TABLES];
    uint64_t uses;
    Image *kept; /* a reference; NULL: none */
    Buffer kept_pixels;
    int kept_users;
    uint64_t band_bytes; /* a band's at most */
    bool is_short;       /* of memory, once: no source is kept any more */
    bool told;           /* of the device's failure */
    Err lost;            /* why the device is not asked any more; ERR_NONE: it is */
};

/* At least `size` bytes; what was in it is lost. Fails: ERR_ENV, and it is empty. */
bool buffer_need(const OpenCl *opencl, Buffer *buffer, size_t size, Err *err);
void buffer_drop(const OpenCl *opencl, Buffer *buffer);

#endif
