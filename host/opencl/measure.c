/* The times of a kernel and of a copy on the device, for benches. */
#include "opencl/opencl.h"

#include "base/thread/thread.h"
#include "opencl/device_tables.h"
#include "opencl/lane.h"

typedef struct Measure {
    OpenCl *opencl;
    Lane *lane;
    Launch launch;
    size_t bytes; /* of the source */
} Measure;

static bool finish(const Measure *m, Err *err)
{
    return CALL(m->opencl->cl, err, clFinish, m->lane->queue);
}

static bool time_copy(const Measure *m, double *ms, Err *err)
{
    double begin = thread_clock_ms();
    bool good = CALL(m->opencl->cl, err, clEnqueueCopyBuffer, m->lane->queue,
                     m->launch.src, m->launch.dst, 0, 0, m->bytes, 0, NULL, NULL) &&
                finish(m, err);
    *ms = thread_clock_ms() - begin;
    return good;
}

static bool time_kernel(const Measure *m, double *ms, Err *err)
{
    double begin = thread_clock_ms();
    bool good = lane_run(m->opencl, m->lane, &m->launch, err) && finish(m, err);
    *ms = thread_clock_ms() - begin;
    return good;
}

/* The source goes there, and the tables. */
static bool prepare(Measure *m, const Image *src, size_t out_bytes, Err *err)
{
    const OpenCl *opencl = m->opencl;
    Lane *lane = m->lane;
    if (!lane_prepare(m->opencl, lane, m->launch.key, err) ||
        !buffer_need(opencl, &lane->src, m->bytes, err) ||
        !buffer_need(opencl, &lane->dst, out_bytes, err) ||
        !buffer_need(opencl, &lane->found, sizeof(cl_uint), err))
        return false;
    m->launch.src = lane->src.mem;
    m->launch.dst = lane->dst.mem;
    return CALL(opencl->cl, err, clEnqueueWriteBuffer, lane->queue, lane->src.mem,
                CL_TRUE, 0, m->bytes, src->data, 0, NULL, NULL);
}

static bool measure(Measure *m, Program *program, double *copy_ms, double *map_ms,
                    Err *err)
{
    OpenCl *opencl = m->opencl;
    uint64_t bytes = 0;
    pthread_mutex_lock(&opencl->lock);
    DeviceTables *tables = device_tables_get(opencl, m->lane, program, &bytes, err);
    pthread_mutex_unlock(&opencl->lock);
    if (!tables)
        return false;
    m->launch.tables = tables->buffer.mem;
    bool good = time_copy(m, copy_ms, err) && time_kernel(m, map_ms, err);
    pthread_mutex_lock(&opencl->lock);
    device_tables_release(tables);
    pthread_mutex_unlock(&opencl->lock);
    return good;
}

bool opencl_time(OpenCl *opencl, Program *program, Image *src, double *copy_ms,
                 double *map_ms, Err *err)
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
    lane_take(opencl, &m.lane, 1);
    bool good =
        prepare(&m, src, out_bytes, err) && measure(&m, program, copy_ms, map_ms, err);
    lane_give(opencl, &m.lane, 1);
    return good;
}
