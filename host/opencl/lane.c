#include "opencl/lane.h"

#include "opencl/build.h"

/* Work items of a GPU's group. On a CPU an item is a group: PoCL would choose another
 * size for each image and compile the kernel for it, and keep the registers of
 * thousands of items on a stack. */
enum { GROUP = 64 };

bool lane_open(const OpenCl *opencl, Lane *lane, cl_command_queue_properties properties,
               Err *err)
{
    cl_int code;
    lane->queue = opencl->cl->clCreateCommandQueue(opencl->context, opencl->device.id,
                                                   properties, &code);
    if (call_check(code, "clCreateCommandQueue", err))
        return true;
    lane->queue = NULL;
    return false;
}

void lane_drop(const OpenCl *opencl, Lane *lane)
{
    enum { BUFFERS = 5 };
    Buffer *const buffers[BUFFERS] = {&lane->src, &lane->dst, &lane->found,
                                      &lane->half[0], &lane->half[1]};
    for (int i = 0; i < BUFFERS; i++)
        buffer_drop(opencl, buffers[i]);
}

void lane_close(const OpenCl *opencl, Lane *lane)
{
    const OpenClLibrary *cl = opencl->cl;
    lane_drop(opencl, lane);
    for (int i = 0; i < KEYS; i++)
        if (lane->kernels[i])
            cl->clReleaseKernel(lane->kernels[i]);
    if (lane->queue)
        cl->clReleaseCommandQueue(lane->queue);
    *lane = (Lane){0};
}

static int free_lanes(const OpenCl *opencl)
{
    int count = 0;
    for (int i = 0; i < LANES; i++)
        count += !opencl->lanes[i].taken;
    return count;
}

void lane_take(OpenCl *opencl, Lane **lanes, int count)
{
    pthread_mutex_lock(&opencl->lock);
    while (free_lanes(opencl) < count)
        pthread_cond_wait(&opencl->freed, &opencl->lock);
    for (int i = 0, got = 0; got < count; i++)
        if (!opencl->lanes[i].taken) {
            lanes[got++] = &opencl->lanes[i];
            opencl->lanes[i].taken = true;
        }
    pthread_mutex_unlock(&opencl->lock);
}

void lane_give(OpenCl *opencl, Lane **lanes, int count)
{
    pthread_mutex_lock(&opencl->lock);
    for (int i = 0; i < count; i++)
        lanes[i]->taken = false;
    pthread_cond_broadcast(&opencl->freed);
    pthread_mutex_unlock(&opencl->lock);
}

/* A kernel's arguments are its own, so each lane has kernels of one program. */
bool lane_prepare(OpenCl *opencl, Lane *lane, KernelKey key, Err *err)
{
    int index = kernel_index(key);
    cl_int code;
    if (lane->kernels[index])
        return true;
    pthread_mutex_lock(&opencl->lock);
    cl_program *program = &opencl->programs[index];
    if (!*program)
        *program = build_kernel(opencl, key, err);
    bool built = *program;
    if (built) {
        lane->kernels[index] =
            opencl->cl->clCreateKernel(*program, build_function(key.name), &code);
        built = call_check(code, "clCreateKernel", err);
        if (!built)
            lane->kernels[index] = NULL;
    }
    pthread_mutex_unlock(&opencl->lock);
    return built;
}

static bool set_arguments(const OpenCl *opencl, const Lane *lane, const Launch *launch,
                          cl_kernel kernel, Err *err)
{
    const cl_uint numbers[] = {launch->room,
                               (cl_uint)launch->width,
                               (cl_uint)launch->rows,
                               (cl_uint)launch->from,
                               (cl_uint)launch->src_stride,
                               (cl_uint)launch->dst_stride};
    enum { MEMORIES = 4 };
    const cl_mem memories[MEMORIES] = {launch->src, launch->dst, launch->tables,
                                       lane->found.mem};
    bool set = true;
    for (cl_uint i = 0; set && i < MEMORIES; i++)
        set = CALL(opencl->cl, err, clSetKernelArg, kernel, i, sizeof(cl_mem),
                   &memories[i]);
    for (cl_uint i = 0; set && i < sizeof numbers / sizeof *numbers; i++)
        set = CALL(opencl->cl, err, clSetKernelArg, kernel, MEMORIES + i,
                   sizeof numbers[i], &numbers[i]);
    return set;
}

bool lane_run(const OpenCl *opencl, const Lane *lane, const Launch *launch, Err *err)
{
    cl_kernel kernel = lane->kernels[kernel_index(launch->key)];
    size_t per = (size_t)build_pixels(opencl, launch->key.name);
    size_t across = ((size_t)launch->out_width + per - 1) / per;
    size_t group = opencl->device.type & CL_DEVICE_TYPE_CPU ? 1 : GROUP;
    across = (across + group - 1) / group * group;
    const size_t global[2] = {across, (size_t)launch->out_rows};
    const size_t local[2] = {group, 1};
    return set_arguments(opencl, lane, launch, kernel, err) &&
           CALL(opencl->cl, err, clEnqueueNDRangeKernel, lane->queue, kernel, 2, NULL,
                global, local, 0, NULL, launch->event);
}
