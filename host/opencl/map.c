/* How large an image's bands are, and what happens when the device fails. */
#include "opencl/opencl.h"

#include <errno.h>

#include "base/log.h"
#include "opencl/bands.h"
#include "opencl/device_tables.h"
#include "pipe/program/run_halved.h"

/* A band's bytes at most: small enough that one comes back while the next one goes, and
 * the part of the device's memory for all that is on its way. */
enum { BAND_BYTES = 16 << 20, MEMORY_PARTS = 16 };

static int rows_of_band(const Bands *bands)
{
    const OpenClDevice *about = &bands->opencl->device.about;
    uint64_t most = BAND_BYTES;
    if (most > about->most_buffer && about->most_buffer)
        most = about->most_buffer;
    if (most > about->memory / MEMORY_PARTS && about->memory)
        most = about->memory / MEMORY_PARTS;
    pthread_mutex_lock(&bands->opencl->lock);
    if (most > bands->opencl->band_bytes)
        most = bands->opencl->band_bytes;
    pthread_mutex_unlock(&bands->opencl->lock);
    uint64_t rows = most / bands_row_bytes(bands);
    uint64_t height = (uint64_t)bands->src->info.height;
    uint64_t unit = 1U << bands->way->halvings;
    rows = rows / unit * unit;
    if (rows < unit)
        rows = unit;
    return (int)(rows < height ? rows : height);
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

/* The device lacks memory: from now on keep nothing there, then halve the bands. False:
 * they are as small as can be. */
static bool take_less(Bands *bands)
{
    OpenCl *opencl = bands->opencl;
    uint64_t unit = 1U << bands->way->halvings;
    pthread_mutex_lock(&opencl->lock);
    bool first = !opencl->is_short;
    opencl->is_short = true;
    bool less = first || (uint64_t)bands->rows > unit;
    if (!first && less)
        opencl->band_bytes = (uint64_t)bands->rows / 2 * bands_row_bytes(bands);
    pthread_mutex_unlock(&opencl->lock);
    return less;
}

static bool map_by_device(Bands *bands, Err *err)
{
    Err why = {0};
    bool good = false, again = true;
    if (is_lost(bands->opencl, err))
        return false;
    while (!good && again) {
        bands->rows = rows_of_band(bands);
        good = bands_map(bands, &why);
        if (!good && why.code == ENOMEM)
            opencl_forget(bands->opencl);
        again = !good && why.code == ENOMEM && !bands->starved && take_less(bands);
    }
    if (!good && why.kind == ERR_ENV)
        lose(bands->opencl, &why);
    if (!good)
        *err = why;
    return good;
}

bool opencl_map(OpenCl *opencl, Program *program, Image *src, Image *dst,
                const OpenClWay *way, Err *err)
{
    Bands bands = {.opencl = opencl,
                   .program = program,
                   .src = src,
                   .dst = dst,
                   .way = way,
                   .made = program_output(program, src->info)};
    if (way->traffic)
        *way->traffic = (OpenClTraffic){0};
    if (!device_tables_kernel(program, src->info, &bands.key))
        return run_image_halved(program, src, dst, way->halvings, way->pool,
                                way->cancel) ||
               err_set(err, ERR_CANCELLED, "stopped");
    bool good = map_by_device(&bands, err);
    if (way->traffic)
        *way->traffic = bands.traffic;
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
