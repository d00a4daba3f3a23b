#include "opencl/bands.h"

#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "opencl/lane.h"
#include "pipe/convert/halve_image.h"
#include "pipe/program/kinds.h"
#include "pipe/program/run_halved.h"

enum { KEPT_PARTS = 2, ALIGNMENT = 64 }; /* of the memory for a kept source; bytes */
/* Of so many pixels one may be left to the host. */
enum { FEW = 16, FEWEST = 64 };

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
static Image result_of(const Bands *bands, const Band *band)
{
    int halvings = bands->way->halvings, y = band->y >> halvings;
    int rows = (band->rows + (1 << halvings) - 1) >> halvings;
    return part_of(bands->dst, y, rows);
}

static size_t stride_of_made(const Bands *bands)
{
    return bands->way->halvings ? padded(bands->made) : bands->dst->stride;
}

static unsigned room_of(const Bands *bands)
{
    return (unsigned)((size_t)bands->rows * (size_t)bands->src->info.width / FEW +
                      FEWEST);
}

size_t bands_row_bytes(const Bands *bands)
{
    size_t out = stride_of_made(bands), in = bands->src->stride;
    return in > out ? in : out;
}

/* Does it fit beside what is on its way? With the lock held. */
static bool can_keep(const Bands *bands)
{
    const OpenClDevice *about = &bands->opencl->device.about;
    uint64_t bytes = (uint64_t)bands->src->stride * (uint64_t)bands->src->info.height;
    return bands->way->keep && !bands->opencl->is_short &&
           bytes <= about->most_buffer && bytes <= about->memory / KEPT_PARTS;
}

/* With the lock held. */
static bool send_kept(Bands *bands, Err *err)
{
    OpenCl *opencl = bands->opencl;
    size_t bytes = bands->src->stride * (size_t)bands->src->info.height;
    image_unref(&opencl->kept);
    if (!buffer_need(opencl, &opencl->kept_pixels, bytes, NULL))
        return true; /* it goes band by band */
    if (!CALL(opencl->cl, err, clEnqueueWriteBuffer, bands->lanes[0]->queue,
              opencl->kept_pixels.mem, CL_TRUE, 0, bytes, bands->src->data, 0, NULL,
              NULL))
        return false;
    bands->traffic.pixels_up += bytes;
    opencl->kept = image_ref(bands->src);
    return true;
}

static bool keep_source(Bands *bands, Err *err)
{
    OpenCl *opencl = bands->opencl;
    pthread_mutex_lock(&opencl->lock);
    bool may = can_keep(bands), there = opencl->kept == bands->src;
    bool good = !may || there || opencl->kept_users || send_kept(bands, err);
    bands->kept = good && may && opencl->kept == bands->src;
    opencl->kept_users += bands->kept;
    pthread_mutex_unlock(&opencl->lock);
    return good;
}

/* dst of the kernel, then of each halving, up to the one that comes back. */
static bool run_halvings(const Bands *bands, const Lane *lane, const Band *band,
                         cl_mem *result, size_t *stride, Err *err)
{
    ImageInfo info = bands->made;
    int channels = info.channels;
    bool good = true;
    info.height = band->rows;
    *result = lane->dst.mem;
    *stride = stride_of_made(bands);
    for (int i = 0; good && i < bands->way->halvings; i++) {
        ImageInfo half = halve_image_info(info);
        bool last = i == bands->way->halvings - 1;
        Launch launch = {.key = {KERNEL_HALVE, info.depth, channels, channels},
                         .src = *result,
                         .dst = lane->half[i % 2].mem,
                         .width = info.width,
                         .rows = info.height,
                         .src_stride = *stride,
                         .dst_stride = last ? bands->dst->stride : padded(half),
                         .out_width = half.width,
                         .out_rows = half.height};
        good = lane_run(bands->opencl, lane, &launch, err);
        *result = launch.dst;
        *stride = launch.dst_stride;
        info = half;
    }
    return good;
}

static bool run_kernel(const Bands *bands, const Lane *lane, const Band *band, Err *err)
{
    bool tells = device_tables_tells(bands->program);
    int width = bands->src->info.width * bands->src->info.channels / bands->key.in;
    Launch launch = {.key = bands->key,
                     .src =
                         bands->kept ? bands->opencl->kept_pixels.mem : lane->src.mem,
                     .dst = lane->dst.mem,
                     .tables = bands->tables->buffer.mem,
                     .room = tells ? room_of(bands) : 0,
                     .width = width,
                     .rows = band->rows,
                     .from = bands->kept ? band->y : 0,
                     .src_stride = bands->src->stride,
                     .dst_stride = stride_of_made(bands),
                     .out_width = width,
                     .out_rows = band->rows};
    const OpenClLibrary *cl = bands->opencl->cl;
    const cl_uint zero = 0;
    return (!tells || CALL(cl, err, clEnqueueFillBuffer, lane->queue, lane->found.mem,
                           &zero, sizeof zero, 0, sizeof zero, 0, NULL, NULL)) &&
           lane_run(bands->opencl, lane, &launch, err);
}

static bool send_band(Bands *bands, const Lane *lane, const Band *band, Err *err)
{
    Image src = part_of(bands->src, band->y, band->rows);
    size_t bytes = src.stride * (size_t)band->rows;
    if (bands->kept)
        return true;
    bands->traffic.pixels_up += bytes;
    return CALL(bands->opencl->cl, err, clEnqueueWriteBuffer, lane->queue,
                lane->src.mem, CL_FALSE, 0, bytes, src.data, 0, NULL, NULL);
}

/* What of a band comes back, its row from the band's first; no height: nothing. */
static OpenClPart wanted_of(const Bands *bands, const Band *band)
{
    Image rows = result_of(bands, band);
    OpenClPart part = bands->way->part;
    int first = band->y >> bands->way->halvings, height = rows.info.height;
    if (!part.width)
        return (OpenClPart){0, 0, rows.info.width, height};
    int y0 = part.y - first, y1 = y0 + part.height;
    part.y = y0 > 0 ? y0 : 0;
    part.height = (y1 < height ? y1 : height) - part.y;
    part.height = part.height > 0 ? part.height : 0;
    return part;
}

/* Whole rows as one piece, with the room between them. */
static bool fetch_pixels(Bands *bands, const Lane *lane, const Band *band,
                         cl_mem result, OpenClPart part, Err *err)
{
    const OpenClLibrary *cl = bands->opencl->cl;
    Image dst = result_of(bands, band);
    size_t rows = (size_t)part.height, y = (size_t)part.y;
    size_t pixel = image_row_bytes(dst.info) / (size_t)dst.info.width;
    const size_t from[3] = {(size_t)part.x * pixel, y, 0};
    const size_t size[3] = {(size_t)part.width * pixel, rows, 1};
    if (part.width < dst.info.width) {
        bands->traffic.pixels_down += size[0] * rows;
        return CALL(cl, err, clEnqueueReadBufferRect, lane->queue, result, CL_FALSE,
                    from, from, size, dst.stride, 0, dst.stride, 0, dst.data, 0, NULL,
                    NULL);
    }
    bands->traffic.pixels_down += rows * dst.stride;
    return CALL(cl, err, clEnqueueReadBuffer, lane->queue, result, CL_FALSE,
                y * dst.stride, rows * dst.stride, image_row(&dst, part.y), 0, NULL,
                NULL);
}

static bool fetch_band(Bands *bands, const Lane *lane, Band *band, cl_mem result,
                       Err *err)
{
    const OpenClLibrary *cl = bands->opencl->cl;
    OpenClPart part = wanted_of(bands, band);
    bool good = !part.height || fetch_pixels(bands, lane, band, result, part, err);
    if (good && part.height && device_tables_tells(bands->program))
        good = CALL(cl, err, clEnqueueReadBuffer, lane->queue, lane->found.mem,
                    CL_FALSE, 0, sizeof band->told, &band->told, 0, NULL, NULL);
    return good && CALL(cl, err, clFlush, lane->queue);
}

/* Put all that a band needs into the lane's queue. Whatever fails, the queue holds what
 * came before. */
static bool begin_band(Bands *bands, int l, int y, Err *err)
{
    Lane *lane = bands->lanes[l];
    Band *band = &bands->in_lane[l];
    int left = bands->src->info.height - y;
    cl_mem result;
    size_t stride;
    *band = (Band){.y = y, .rows = left < bands->rows ? left : bands->rows};
    return send_band(bands, lane, band, err) && run_kernel(bands, lane, band, err) &&
           run_halvings(bands, lane, band, &result, &stride, err) &&
           fetch_band(bands, lane, band, result, err);
}

/* Work out the pixels found[0 … count) of a band, in double precision. */
static bool mend(Bands *bands, const Band *band, const cl_uint *found, Err *err)
{
    size_t pixel = image_row_bytes(bands->src->info) / (size_t)bands->src->info.width;
    size_t width = (size_t)bands->src->info.width, count = band->told;
    Image src = part_of(bands->src, band->y, band->rows), dst = result_of(bands, band);
    uint8_t *from = mem_alloc(2 * count * pixel, err);
    bands->starved = !from;
    if (!from)
        return false;
    uint8_t *to = from + count * pixel;
    for (size_t i = 0; i < count; i++)
        memcpy(from + i * pixel,
               image_row(&src, (int)(found[i] / width)) + found[i] % width * pixel,
               pixel);
    map_exact(bands->program, bands->src->info.channels, from, to, count);
    for (size_t i = 0; i < count; i++)
        memcpy(image_row(&dst, (int)(found[i] / width)) + found[i] % width * pixel,
               to + i * pixel, pixel);
    mem_free(from);
    return true;
}

/* A band whose pixels in doubt are many, or have been halved with others. */
static bool map_on_host(const Bands *bands, const Band *band, Err *err)
{
    Image src = part_of(bands->src, band->y, band->rows), dst = result_of(bands, band);
    return run_image_halved(bands->program, &src, &dst, bands->way->halvings,
                            bands->way->pool, bands->way->cancel) ||
           err_set(err, ERR_CANCELLED, "stopped");
}

static bool mend_band(Bands *bands, const Lane *lane, const Band *band, Err *err)
{
    if (!band->told)
        return true;
    if (band->told > room_of(bands) || bands->way->halvings)
        return map_on_host(bands, band, err);
    cl_uint *found = mem_alloc(band->told * sizeof *found, err);
    bands->starved = !found;
    bool good = found &&
                CALL(bands->opencl->cl, err, clEnqueueReadBuffer, lane->queue,
                     lane->found.mem, CL_TRUE, sizeof *found,
                     band->told * sizeof *found, found, 0, NULL, NULL) &&
                mend(bands, band, found, err);
    mem_free(found);
    return good;
}

/* Wait for the lane's band, if there is one. */
static bool end_band(Bands *bands, int l, Err *err)
{
    Band *band = &bands->in_lane[l];
    if (!band->rows)
        return true;
    bool good = CALL(bands->opencl->cl, err, clFinish, bands->lanes[l]->queue) &&
                mend_band(bands, bands->lanes[l], band, err);
    band->rows = 0;
    return good;
}

/* After a failure: nobody may write to dst, or read src, when this returns. */
static void drain(Bands *bands)
{
    for (int l = 0; l < bands->n_lanes; l++)
        if (bands->in_lane[l].rows)
            bands->opencl->cl->clFinish(bands->lanes[l]->queue);
}

static bool run_all(Bands *bands, Err *err)
{
    int l = 0;
    for (int y = 0; y < bands->src->info.height;
         y += bands->rows, l = !l && bands->n_lanes > 1) {
        if (cancel_is_set(bands->way->cancel))
            return err_set(err, ERR_CANCELLED, "stopped");
        if (!end_band(bands, l, err) || !begin_band(bands, l, y, err))
            return false;
    }
    for (int i = 0; i < bands->n_lanes; i++, l = !l && bands->n_lanes > 1)
        if (!end_band(bands, l, err))
            return false;
    return true;
}

static bool have_memory(const Bands *bands, Lane *lane, Err *err)
{
    OpenCl *opencl = bands->opencl;
    ImageInfo info = bands->made;
    size_t rows = (size_t)bands->rows;
    size_t found = device_tables_tells(bands->program) ? room_of(bands) + 1 : 1;
    bool good = (bands->kept ||
                 buffer_need(opencl, &lane->src, rows * bands->src->stride, err)) &&
                buffer_need(opencl, &lane->dst, rows * stride_of_made(bands), err) &&
                buffer_need(opencl, &lane->found, found * sizeof(cl_uint), err);
    info.height = bands->rows;
    for (int i = 0; good && i < bands->way->halvings; i++) {
        info = halve_image_info(info);
        good = buffer_need(opencl, &lane->half[i % 2],
                           padded(info) * (size_t)info.height, err);
    }
    return good;
}

static bool prepare(Bands *bands, Err *err)
{
    OpenCl *opencl = bands->opencl;
    int channels = bands->made.channels;
    KernelKey halve = {KERNEL_HALVE, bands->made.depth, channels, channels};
    bool good = keep_source(bands, err);
    for (int l = 0; good && l < bands->n_lanes; l++)
        good = lane_prepare(opencl, bands->lanes[l], bands->key, err) &&
               (!bands->way->halvings ||
                lane_prepare(opencl, bands->lanes[l], halve, err)) &&
               have_memory(bands, bands->lanes[l], err);
    if (!good)
        return false;
    pthread_mutex_lock(&opencl->lock);
    bands->tables = device_tables_get(opencl, bands->lanes[0], bands->program,
                                      &bands->traffic.tables_up, err);
    pthread_mutex_unlock(&opencl->lock);
    return bands->tables;
}

static void release(Bands *bands)
{
    OpenCl *opencl = bands->opencl;
    pthread_mutex_lock(&opencl->lock);
    if (bands->tables)
        device_tables_release(bands->tables);
    opencl->kept_users -= bands->kept;
    pthread_mutex_unlock(&opencl->lock);
    lane_give(opencl, bands->lanes, bands->n_lanes);
}

/* Give back what memory of the device these lanes have. */
static void drop_memory(Bands *bands)
{
    OpenCl *opencl = bands->opencl;
    for (int l = 0; l < bands->n_lanes; l++)
        lane_drop(opencl, bands->lanes[l]);
    pthread_mutex_lock(&opencl->lock);
    for (int i = 0; i < MOST_TABLES; i++)
        if (!opencl->tables[i].users)
            device_tables_drop(opencl, &opencl->tables[i]);
    pthread_mutex_unlock(&opencl->lock);
}

bool bands_map(Bands *bands, Err *err)
{
    bands->n_lanes = bands->rows < bands->src->info.height ? LANES : 1;
    bands->tables = NULL;
    bands->kept = false;
    lane_take(bands->opencl, bands->lanes, bands->n_lanes);
    bool good = prepare(bands, err) && run_all(bands, err);
    if (!good)
        drain(bands);
    if (!good && err->code == ENOMEM)
        drop_memory(bands);
    release(bands);
    return good;
}
