/* lane — a queue of a device, with kernels and memory of its own.
 *
 * Private to the room.
 * Threads: who has taken a lane alone.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_LANE_H
#define LUTIST_OPENCL_LANE_H

#include "opencl/context.h"

/* The arguments of a kernel (kernels/opencl/samples.cl). */
typedef struct Launch {
    KernelKey key;
    cl_mem src, dst, tables; /* tables may be NULL */
    unsigned room;           /* for pixels that are told of; 0: none is */
    int width, rows;         /* of src, in pixels of key.in channels */
    int from;
    size_t src_stride, dst_stride;
    int out_width, out_rows; /* of dst */
    cl_event *event;         /* new, of the run; NULL: none is wanted */
} Launch;

/* `properties` of its queue. Fails: ERR_ENV, and it has no queue. */
bool lane_open(const OpenCl *opencl, Lane *lane, cl_command_queue_properties properties,
               Err *err);
/* Its memory. */
void lane_drop(const OpenCl *opencl, Lane *lane);
void lane_close(const OpenCl *opencl, Lane *lane);

/* Wait until `count` lanes are free, and take them. */
void lane_take(OpenCl *opencl, Lane **lanes, int count);
void lane_give(OpenCl *opencl, Lane **lanes, int count);

/* Build the kernel, where that has not been done. Fails: ERR_ENV. */
bool lane_prepare(OpenCl *opencl, Lane *lane, KernelKey key, Err *err);
/* A prepared kernel, behind what the queue holds. Fails: ERR_ENV. */
bool lane_run(const OpenCl *opencl, const Lane *lane, const Launch *launch, Err *err);

#endif
