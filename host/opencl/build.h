/* build — kernels compiled for a device, and kept on the disk.
 *
 * A compiled kernel lies in lutist/opencl in $XDG_CACHE_HOME (~/.cache), under a name
 * that depends on its source, its options, the device and the driver's version. A file
 * that is damaged, or that the driver refuses, is replaced. Without a place to write,
 * kernels are compiled at each start.
 *
 * Private to the room.
 * Threads: one at a time for a device.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_BUILD_H
#define LUTIST_OPENCL_BUILD_H

#include "opencl/context.h"

/* The kernel's program, new. Fails: ERR_ENV with the compiler's first line. */
cl_program build_kernel(const OpenCl *opencl, KernelKey key, Err *err);
/* The name of its function. */
const char *build_function(KernelName name);
/* Pixels a work item. */
int build_pixels(const OpenCl *opencl, KernelName name);

#endif
