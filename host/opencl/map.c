/* Images through a device, in bands that are on their way in two lanes. */
#include "opencl/opencl.h"

#include <errno.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "opencl/device_tables.h"
#include "opencl/lane.h"
#include "pipe/convert/halve_image.h"
#include "pipe/program/kinds.h"
#include "pipe/program/run_halved.h"

/* A band's bytes at most: small enough that one comes back while the next one goes, and
 * the part of the device's memory for all that is on its way. */
enum { BAND_BYTES = 16 << 20, MEMORY_PARTS = 16, KEPT_PARTS = 2, ALIGNMENT = 64 };
/* Of so many pixels one may be left to the host. */
enum { FEW = 16, FEWEST = 64 };

/* A band on its way. */
typedef struct Band {
    int y, rows; /* of the source; no rows: none is on its way */
    cl_uint told;
} Band;

typedef struct Job {
    OpenCl *opencl;
    Program *program;
    Image *src, *dst;
    const OpenClWay *way;
    KernelKey key;
    ImageInfo made; /* the result before it is halved */
    int rows;       /* a band */
    bool starved;   /* the host lacked memory */
    Lane *lanes[LANES];
    Band bands[LANES]; /* of each lane */
    int n_lanes;
    DeviceTables *tables;
    bool kept; /* the source is on the device */
    OpenClTraffic traffic;
} Job;

static size_t padded(ImageInfo info)
{
    return (image_row_bytes(info) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static Image part_of(const Image *image, int y, int rows)
{
    Image part = {.info = image->info, .stride = image->stride};
    part.info.height = rows;
    part.data = image_row(image, y);
    return part;
}

/* The rows of dst that belong to a band. */
static Image result_of(const Job *job, const Band *band)
{
    int halvings = job->way->halvings, y = band->y >> halvings;
    int rows = (band->rows + (1 << halvings) - 1) >> halvings;
    return part_of(job->dst, y, rows);
}

static size_t stride_of_made(const Job *job)
{
    return job->way->halvings ? padded(job->made) : job->dst->stride;
}

static unsigned room_of(const Job *job)
{
    return (unsigned)((size_t)job->rows * (size_t)job->src->info.width / FEW + FEWEST);
}

static int rows_of_band(const Job *job)
{
    const OpenClDevice *about = &job->opencl->device.about;
    uint64_t most = BAND_BYTES;
    if (most > about->most_buffer && about->most_buffer)
        most = about->most_buffer;
    if (most > about->memory / MEMORY_PARTS && about->memory)
        most = about->memory / MEMORY_PARTS;
    pthread_mutex_lock(&job->opencl->lock);
    if (most > job->opencl->band_bytes)
        most = job->opencl->band_bytes;
    pthread_mutex_unlock(&job->opencl->lock);
    size_t out = stride_of_made(job), in = job->src->stride;
    uint64_t rows = most / (in > out ? in : out);
    uint64_t unit = 1U << job->way->halvings, height = (uint64_t)job->src->info.height;
    rows = rows / unit * unit;
    if (rows < unit)
        rows = unit;
    return (int)(rows < height ? rows : height);
}

/* The source that stays. */

/* Does it fit beside what is on its way? With the lock held. */
static bool can_keep(const Job *job)
{
    const OpenClDevice *about = &job->opencl->device.about;
    uint64_t bytes = (uint64_t)job->src->stride * (uint64_t)job->src->info.height;
    return job->way->keep && !job->opencl->is_short && bytes <= about->most_buffer &&
           bytes <= about->memory / KEPT_PARTS;
}

/* With the lock held. */
static bool send_kept(Job *job, Err *err)
{
    OpenCl *opencl = job->opencl;
    size_t bytes = job->src->stride * (size_t)job->src->info.height;
    image_unref(&opencl->kept);
    if (!buffer_need(opencl, &opencl->kept_pixels, bytes, NULL))
        return true; /* it goes band by band */
    if (!CALL(opencl->cl, err, clEnqueueWriteBuffer, job->lanes[0]->queue,
              opencl->kept_pixels.mem, CL_TRUE, 0, bytes, job->src->data, 0, NULL,
              NULL))
        return false;
    job->traffic.pixels_up += bytes;
    opencl->kept = image_ref(job->src);
    return true;
}

static bool keep_source(Job *job, Err *err)
{
    OpenCl *opencl = job->opencl;
    pthread_mutex_lock(&opencl->lock);
    bool may = can_keep(job), there = opencl->kept == job->src;
    bool good = !may || there || opencl->kept_users || send_kept(job, err);
    job->kept = good && may && opencl->kept == job->src;
    opencl->kept_users += job->kept;
    pthread_mutex_unlock(&opencl->lock);
    return good;
}

/* Bands. */

/* dst of the kernel, then of each halving, up to the one that comes back. */
static bool run_halvings(const Job *job, const Lane *lane, const Band *band,
                         cl_mem *result, size_t *stride, Err *err)
{
    ImageInfo info = job->made;
    int channels = info.channels;
    bool good = true;
    info.height = band->rows;
    *result = lane->dst.mem;
    *stride = stride_of_made(job);
    for (int i = 0; good && i < job->way->halvings; i++) {
        ImageInfo half = halve_image_info(info);
        bool last = i == job->way->halvings - 1;
        Launch launch = {.key = {KERNEL_HALVE, info.depth, channels, channels},
                         .src = *result,
                         .dst = lane->half[i % 2].mem,
                         .width = info.width,
                         .rows = info.height,
                         .src_stride = *stride,
                         .dst_stride = last ? job->dst->stride : padded(half),
                         .out_width = half.width,
                         .out_rows = half.height};
        good = lane_run(job->opencl, lane, &launch, err);
        *result = launch.dst;
        *stride = launch.dst_stride;
        info = half;
    }
    return good;
}

static bool run_kernel(const Job *job, const Lane *lane, const Band *band, Err *err)
{
    bool tells = device_tables_tells(job->program);
    int width = job->src->info.width * job->src->info.channels / job->key.in;
    Launch launch = {.key = job->key,
                     .src = job->kept ? job->opencl->kept_pixels.mem : lane->src.mem,
                     .dst = lane->dst.mem,
                     .tables = job->tables->buffer.mem,
                     .room = tells ? room_of(job) : 0,
                     .width = width,
                     .rows = band->rows,
                     .from = job->kept ? band->y : 0,
                     .src_stride = job->src->stride,
                     .dst_stride = stride_of_made(job),
                     .out_width = width,
                     .out_rows = band->rows};
    const OpenClLibrary *cl = job->opencl->cl;
    const cl_uint zero = 0;
    return (!tells || CALL(cl, err, clEnqueueFillBuffer, lane->queue, lane->found.mem,
                           &zero, sizeof zero, 0, sizeof zero, 0, NULL, NULL)) &&
           lane_run(job->opencl, lane, &launch, err);
}

static bool send_band(Job *job, const Lane *lane, const Band *band, Err *err)
{
    Image src = part_of(job->src, band->y, band->rows);
    size_t bytes = src.stride * (size_t)band->rows;
    if (job->kept)
        return true;
    job->traffic.pixels_up += bytes;
    return CALL(job->opencl->cl, err, clEnqueueWriteBuffer, lane->queue, lane->src.mem,
                CL_FALSE, 0, bytes, src.data, 0, NULL, NULL);
}

/* What of a band comes back, its row from the band's first; no height: nothing. */
static OpenClPart wanted_of(const Job *job, const Band *band)
{
    Image rows = result_of(job, band);
    OpenClPart part = job->way->part;
    int first = band->y >> job->way->halvings, height = rows.info.height;
    if (!part.width)
        return (OpenClPart){0, 0, rows.info.width, height};
    int y0 = part.y - first, y1 = y0 + part.height;
    part.y = y0 > 0 ? y0 : 0;
    part.height = (y1 < height ? y1 : height) - part.y;
    part.height = part.height > 0 ? part.height : 0;
    return part;
}

/* Whole rows as one piece, with the room between them. */
static bool fetch_pixels(Job *job, const Lane *lane, const Band *band, cl_mem result,
                         OpenClPart part, Err *err)
{
    const OpenClLibrary *cl = job->opencl->cl;
    Image dst = result_of(job, band);
    size_t rows = (size_t)part.height, y = (size_t)part.y;
    size_t pixel = image_row_bytes(dst.info) / (size_t)dst.info.width;
    const size_t from[3] = {(size_t)part.x * pixel, y, 0};
    const size_t size[3] = {(size_t)part.width * pixel, rows, 1};
    if (part.width < dst.info.width) {
        job->traffic.pixels_down += size[0] * rows;
        return CALL(cl, err, clEnqueueReadBufferRect, lane->queue, result, CL_FALSE,
                    from, from, size, dst.stride, 0, dst.stride, 0, dst.data, 0, NULL,
                    NULL);
    }
    job->traffic.pixels_down += rows * dst.stride;
    return CALL(cl, err, clEnqueueReadBuffer, lane->queue, result, CL_FALSE,
                y * dst.stride, rows * dst.stride, image_row(&dst, part.y), 0, NULL,
                NULL);
}

static bool fetch_band(Job *job, const Lane *lane, Band *band, cl_mem result, Err *err)
{
    const OpenClLibrary *cl = job->opencl->cl;
    OpenClPart part = wanted_of(job, band);
    bool good = !part.height || fetch_pixels(job, lane, band, result, part, err);
    if (good && part.height && device_tables_tells(job->program))
        good = CALL(cl, err, clEnqueueReadBuffer, lane->queue, lane->found.mem,
                    CL_FALSE, 0, sizeof band->told, &band->told, 0, NULL, NULL);
    return good && CALL(cl, err, clFlush, lane->queue);
}

/* Put all that a band needs into the lane's queue. Whatever fails, the queue holds what
 * came before. */
static bool begin_band(Job *job, int l, int y, Err *err)
{
    Lane *lane = job->lanes[l];
    Band *band = &job->bands[l];
    int left = job->src->info.height - y;
    cl_mem result;
    size_t stride;
    *band = (Band){.y = y, .rows = left < job->rows ? left : job->rows};
    return send_band(job, lane, band, err) && run_kernel(job, lane, band, err) &&
           run_halvings(job, lane, band, &result, &stride, err) &&
           fetch_band(job, lane, band, result, err);
}

/* Work out the pixels found[0 … count) of a band, in double precision. */
static bool mend(Job *job, const Band *band, const cl_uint *found, Err *err)
{
    size_t pixel = image_row_bytes(job->src->info) / (size_t)job->src->info.width;
    size_t width = (size_t)job->src->info.width, count = band->told;
    Image src = part_of(job->src, band->y, band->rows), dst = result_of(job, band);
    uint8_t *from = mem_alloc(2 * count * pixel, err);
    job->starved = !from;
    if (!from)
        return false;
    uint8_t *to = from + count * pixel;
    for (size_t i = 0; i < count; i++)
        memcpy(from + i * pixel,
               image_row(&src, (int)(found[i] / width)) + found[i] % width * pixel,
               pixel);
    map_exact(job->program, job->src->info.channels, from, to, count);
    for (size_t i = 0; i < count; i++)
        memcpy(image_row(&dst, (int)(found[i] / width)) + found[i] % width * pixel,
               to + i * pixel, pixel);
    mem_free(from);
    return true;
}

/* A band whose pixels in doubt are many, or have been halved with others. */
static bool map_on_host(const Job *job, const Band *band, Err *err)
{
    Image src = part_of(job->src, band->y, band->rows), dst = result_of(job, band);
    return run_image_halved(job->program, &src, &dst, job->way->halvings,
                            job->way->pool, job->way->cancel) ||
           err_set(err, ERR_CANCELLED, "stopped");
}

static bool mend_band(Job *job, const Lane *lane, const Band *band, Err *err)
{
    if (!band->told)
        return true;
    if (band->told > room_of(job) || job->way->halvings)
        return map_on_host(job, band, err);
    cl_uint *found = mem_alloc(band->told * sizeof *found, err);
    job->starved = !found;
    bool good = found &&
                CALL(job->opencl->cl, err, clEnqueueReadBuffer, lane->queue,
                     lane->found.mem, CL_TRUE, sizeof *found,
                     band->told * sizeof *found, found, 0, NULL, NULL) &&
                mend(job, band, found, err);
    mem_free(found);
    return good;
}

/* Wait for the lane's band, if there is one. */
static bool end_band(Job *job, int l, Err *err)
{
    Band *band = &job->bands[l];
    if (!band->rows)
        return true;
    bool good = CALL(job->opencl->cl, err, clFinish, job->lanes[l]->queue) &&
                mend_band(job, job->lanes[l], band, err);
    band->rows = 0;
    return good;
}

/* After a failure: nobody may write to dst, or read src, when this returns. */
static void drain(Job *job)
{
    for (int l = 0; l < job->n_lanes; l++)
        if (job->bands[l].rows)
            job->opencl->cl->clFinish(job->lanes[l]->queue);
}

static bool run_bands(Job *job, Err *err)
{
    int l = 0;
    for (int y = 0; y < job->src->info.height;
         y += job->rows, l = !l && job->n_lanes > 1) {
        if (cancel_is_set(job->way->cancel))
            return err_set(err, ERR_CANCELLED, "stopped");
        if (!end_band(job, l, err) || !begin_band(job, l, y, err))
            return false;
    }
    for (int i = 0; i < job->n_lanes; i++, l = !l && job->n_lanes > 1)
        if (!end_band(job, l, err))
            return false;
    return true;
}

static bool have_memory(const Job *job, Lane *lane, Err *err)
{
    OpenCl *opencl = job->opencl;
    ImageInfo info = job->made;
    size_t rows = (size_t)job->rows;
    size_t found = device_tables_tells(job->program) ? room_of(job) + 1 : 1;
    bool good =
        (job->kept || buffer_need(opencl, &lane->src, rows * job->src->stride, err)) &&
        buffer_need(opencl, &lane->dst, rows * stride_of_made(job), err) &&
        buffer_need(opencl, &lane->found, found * sizeof(cl_uint), err);
    info.height = job->rows;
    for (int i = 0; good && i < job->way->halvings; i++) {
        info = halve_image_info(info);
        good = buffer_need(opencl, &lane->half[i % 2],
                           padded(info) * (size_t)info.height, err);
    }
    return good;
}

static bool prepare(Job *job, Err *err)
{
    OpenCl *opencl = job->opencl;
    int channels = job->made.channels;
    KernelKey halve = {KERNEL_HALVE, job->made.depth, channels, channels};
    bool good = keep_source(job, err);
    for (int l = 0; good && l < job->n_lanes; l++)
        good =
            lane_prepare(opencl, job->lanes[l], job->key, err) &&
            (!job->way->halvings || lane_prepare(opencl, job->lanes[l], halve, err)) &&
            have_memory(job, job->lanes[l], err);
    if (!good)
        return false;
    pthread_mutex_lock(&opencl->lock);
    job->tables = device_tables_get(opencl, job->lanes[0], job->program,
                                    &job->traffic.tables_up, err);
    pthread_mutex_unlock(&opencl->lock);
    return job->tables;
}

static void release(Job *job)
{
    OpenCl *opencl = job->opencl;
    pthread_mutex_lock(&opencl->lock);
    if (job->tables)
        device_tables_release(job->tables);
    opencl->kept_users -= job->kept;
    pthread_mutex_unlock(&opencl->lock);
    lane_give(opencl, job->lanes, job->n_lanes);
}

/* Why the device is not asked any more. */
static bool is_lost(OpenCl *opencl, Err *err)
{
    pthread_mutex_lock(&opencl->lock);
    bool lost = opencl->lost.kind != ERR_NONE;
    if (lost)
        *err = opencl->lost;
    pthread_mutex_unlock(&opencl->lock);
    return lost;
}

static void lose(OpenCl *opencl, Err *err)
{
    err_in(err, opencl->device.about.name);
    pthread_mutex_lock(&opencl->lock);
    if (opencl->lost.kind == ERR_NONE)
        opencl->lost = *err;
    pthread_mutex_unlock(&opencl->lock);
}

/* Give back what memory of the device these lanes have. */
static void drop_memory(Job *job)
{
    OpenCl *opencl = job->opencl;
    for (int l = 0; l < job->n_lanes; l++)
        lane_drop(opencl, job->lanes[l]);
    pthread_mutex_lock(&opencl->lock);
    for (int i = 0; i < MOST_TABLES; i++)
        if (!opencl->tables[i].users)
            device_tables_drop(opencl, &opencl->tables[i]);
    pthread_mutex_unlock(&opencl->lock);
}

static bool try_bands(Job *job, Err *err)
{
    job->n_lanes = job->rows < job->src->info.height ? LANES : 1;
    job->tables = NULL;
    job->kept = false;
    lane_take(job->opencl, job->lanes, job->n_lanes);
    bool good = prepare(job, err) && run_bands(job, err);
    if (!good)
        drain(job);
    bool lacking = !good && err->code == ENOMEM;
    if (lacking)
        drop_memory(job);
    release(job);
    if (lacking)
        opencl_forget(job->opencl);
    return good;
}

/* The device lacks memory: from now on keep nothing there, then halve the bands. False:
 * they are as small as can be. */
static bool take_less(Job *job)
{
    OpenCl *opencl = job->opencl;
    size_t out = stride_of_made(job), in = job->src->stride;
    uint64_t unit = 1U << job->way->halvings;
    pthread_mutex_lock(&opencl->lock);
    bool first = !opencl->is_short;
    opencl->is_short = true;
    bool less = first || (uint64_t)job->rows > unit;
    if (!first && less)
        opencl->band_bytes = (uint64_t)job->rows / 2 * (in > out ? in : out);
    pthread_mutex_unlock(&opencl->lock);
    return less;
}

static bool map_by_device(Job *job, Err *err)
{
    Err why = {0};
    bool good = false, again = true;
    if (is_lost(job->opencl, err))
        return false;
    while (!good && again) {
        job->rows = rows_of_band(job);
        good = try_bands(job, &why);
        again = !good && why.code == ENOMEM && !job->starved && take_less(job);
    }
    if (!good && why.kind == ERR_ENV)
        lose(job->opencl, &why);
    if (!good)
        *err = why;
    return good;
}

bool opencl_map(OpenCl *opencl, Program *program, Image *src, Image *dst,
                const OpenClWay *way, Err *err)
{
    Job job = {.opencl = opencl,
               .program = program,
               .src = src,
               .dst = dst,
               .way = way,
               .made = program_output(program, src->info)};
    if (way->traffic)
        *way->traffic = (OpenClTraffic){0};
    if (!device_tables_kernel(program, src->info, &job.key))
        return run_image_halved(program, src, dst, way->halvings, way->pool,
                                way->cancel) ||
               err_set(err, ERR_CANCELLED, "stopped");
    bool good = map_by_device(&job, err);
    if (way->traffic)
        *way->traffic = job.traffic;
    return good;
}

/* The first to ask tells of it. */
static void tell_once(OpenCl *opencl, const Err *err)
{
    pthread_mutex_lock(&opencl->lock);
    bool first = !opencl->told;
    opencl->told = true;
    pthread_mutex_unlock(&opencl->lock);
    if (first)
        log_error("%s; the processor goes on", err->text);
}

bool opencl_run_image(OpenCl *opencl, Program *program, Image *src, Image *dst,
                      Pool *pool, Cancel *cancel)
{
    Err err = {0};
    OpenClWay way = {.pool = pool, .cancel = cancel};
    if (opencl_map(opencl, program, src, dst, &way, &err))
        return true;
    if (err.kind == ERR_CANCELLED)
        return false;
    tell_once(opencl, &err);
    return run_image(program, src, dst, pool, cancel);
}

void opencl_run_rows(OpenCl *opencl, Program *program, ImageInfo in, const uint8_t *src,
                     size_t src_stride, uint8_t *dst, size_t dst_stride, int count)
{
    in.height = count;
    Image from = {.info = in, .stride = src_stride, .data = (uint8_t *)src};
    Image to = {.info = program_output(program, in), .stride = dst_stride, .data = dst};
    opencl_run_image(opencl, program, &from, &to, NULL, NULL);
}

void opencl_forget(OpenCl *opencl)
{
    pthread_mutex_lock(&opencl->lock);
    if (!opencl->kept_users) {
        image_unref(&opencl->kept);
        buffer_drop(opencl, &opencl->kept_pixels);
    }
    pthread_mutex_unlock(&opencl->lock);
}
