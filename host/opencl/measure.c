/* The times of a kernel and of a copy on the device, by its own clock, for benches. */
#include "opencl/opencl.h"

#include "opencl/device_tables.h"
#include "opencl/lane.h"

enum { NS_PER_MS = 1000000 };

typedef struct Measure {
    OpenCl *opencl;
    Lane lane; /* of its own, whose queue keeps the times */
    Launch launch;
    cl_event event; /* of what was begun last */
    size_t bytes;   /* of the source */
} Measure;

static bool begin_copy(Measure *m, Err *err)
{
    return CALL(m->opencl->cl, err, clEnqueueCopyBuffer, m->lane.queue, m->launch.src,
                m->launch.dst, 0, 0, m->bytes, 0, NULL, &m->event);
}

static bool begin_kernel(Measure *m, Err *err)
{
    return lane_run(m->opencl, &m->lane, &m->launch, err);
}

/* From its begin on the device to its end. */
static bool time_one(Measure *m, bool (*begin)(Measure *, Err *), double *ms, Err *err)
{
    const OpenClLibrary *cl = m->opencl->cl;
    cl_ulong from = 0, to = 0;
    if (!begin(m, err))
        return false;
    bool good = CALL(cl, err, clFinish, m->lane.queue) &&
                CALL(cl, err, clGetEventProfilingInfo, m->event,
                     CL_PROFILING_COMMAND_START, sizeof from, &from, NULL) &&
                CALL(cl, err, clGetEventProfilingInfo, m->event,
                     CL_PROFILING_COMMAND_END, sizeof to, &to, NULL);
    cl->clReleaseEvent(m->event);
    *ms = (double)(to - from) / NS_PER_MS;
    return good;
}

/* The source goes there. */
static bool prepare(Measure *m, const Image *src, size_t out_bytes, Err *err)
{
    const OpenCl *opencl = m->opencl;
    Lane *lane = &m->lane;
    size_t most = out_bytes > m->bytes ? out_bytes : m->bytes;
    if (!lane_open(opencl, lane, CL_QUEUE_PROFILING_ENABLE, err) ||
        !lane_prepare(m->opencl, lane, m->launch.key, err) ||
        !buffer_need(opencl, &lane->src, m->bytes, err) ||
        !buffer_need(opencl, &lane->dst, most, err) ||
        !buffer_need(opencl, &lane->found, sizeof(cl_uint), err))
        return false;
    m->launch.src = lane->src.mem;
    m->launch.dst = lane->dst.mem;
    m->launch.event = &m->event;
    return CALL(opencl->cl, err, clEnqueueWriteBuffer, lane->queue, lane->src.mem,
                CL_TRUE, 0, m->bytes, src->data, 0, NULL, NULL);
}

static bool measure(Measure *m, Program *program, int runs, double *copy_ms,
                    double *map_ms, Err *err)
{
    OpenCl *opencl = m->opencl;
    uint64_t bytes = 0;
    pthread_mutex_lock(&opencl->lock);
    DeviceTables *tables = device_tables_get(opencl, &m->lane, program, &bytes, err);
    pthread_mutex_unlock(&opencl->lock);
    if (!tables)
        return false;
    m->launch.tables = tables->buffer.mem;
    double first;
    bool good =
        time_one(m, begin_copy, &first, err) && time_one(m, begin_kernel, &first, err);
    for (int i = 0; good && i < runs; i++)
        good = time_one(m, begin_copy, &copy_ms[i], err) &&
               time_one(m, begin_kernel, &map_ms[i], err);
    pthread_mutex_lock(&opencl->lock);
    device_tables_release(tables);
    pthread_mutex_unlock(&opencl->lock);
    return good;
}

bool opencl_time(OpenCl *opencl, Program *program, Image *src, int runs,
                 double *copy_ms, double *map_ms, Err *err)
{
    ImageInfo in = src->info, out = program_output(program, in);
    Measure m = {.opencl = opencl, .bytes = src->stride * (size_t)in.height};
    size_t out_bytes = image_memory(out);
    m.launch = (Launch){.rows = in.height,
                        .src_stride = src->stride,
                        .dst_stride = out_bytes / (size_t)out.height,
                        .out_rows = in.height};
    if (!device_tables_kernel(program, in, &m.launch.key))
        return err_set(err, ERR_ENV, "the CPU maps this look, in double precision");
    m.launch.width = m.launch.out_width = in.width * in.channels / m.launch.key.in;
    bool good = prepare(&m, src, out_bytes, err) &&
                measure(&m, program, runs, copy_ms, map_ms, err);
    lane_close(opencl, &m.lane);
    return good;
}
