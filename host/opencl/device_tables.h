/* device_tables — the tables of a program, copied to the device for its kernel.
 *
 * The last few programs' stay there. What the next program has in the same place of the
 * host's memory, such as the points of a cube, is copied on the device.
 *
 * Private to the room.
 * Threads: with the context's lock held.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_DEVICE_TABLES_H
#define LUTIST_OPENCL_DEVICE_TABLES_H

#include "opencl/context.h"

/* The kernel that maps pixels of `info` by `program`. False: the CPU maps them. */
bool device_tables_kernel(const Program *program, ImageInfo info, KernelKey *key);
/* May the kernel leave pixels to the host? */
bool device_tables_tells(const Program *program);

/* By a lane's queue; *bytes are what went to the device. Release after use. Fails:
 * ERR_ENV. */
DeviceTables *device_tables_get(OpenCl *opencl, Lane *lane, Program *program,
                                uint64_t *bytes, Err *err);
void device_tables_release(DeviceTables *tables);
void device_tables_drop(const OpenCl *opencl, DeviceTables *tables);

#endif
