#include "bench/device/bench_device.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "bench/bench_timing.h"
#include "pipe/convert/halve_image.h"
#include "pipe/program/run_halved.h"

/* Runs take so long together, unless they would be less than three. */
static const double PATIENCE_MS = 250;
enum { FEW_RUNS = 3 };

bool bench_device_open(BenchDevice *device, const char *wanted, int most,
                       BenchResults *rows, Err *err)
{
    Err why = {0};
    *device = (BenchDevice){.facts = mem_new((size_t)most + 1, sizeof(DeviceFacts))};
    device->opencl = opencl_open(wanted, &why);
    if (device->opencl)
        return true;
    if (why.kind == ERR_USAGE) {
        *err = why;
        return false;
    }
    DeviceFacts *facts = &device->facts[device->count++];
    snprintf(facts->reason, sizeof facts->reason, "%.500s", why.text);
    bench_results_add(
        rows, &(BenchResult){
                  .op = "opencl", .pixel = "-", .mode = "opencl", .device = facts});
    return true;
}

void bench_device_close(BenchDevice *device)
{
    opencl_close(device->opencl);
    mem_free(device->facts);
    *device = (BenchDevice){0};
}

/* The time of one mapping; the source is sent, or has been kept. */
static bool time_map(const BenchDevice *device, const BenchDeviceWork *work, bool keep,
                     double *ms, Err *err)
{
    OpenClWay way = {.pool = work->pool, .keep = keep};
    double begin = thread_clock_ms();
    bool good =
        opencl_map(device->opencl, work->program, work->src, work->dst, &way, err);
    *ms = thread_clock_ms() - begin;
    return good;
}

/* Results of single precision may differ, within the bound that the caller checks. */
static bool must_be_same(const BenchDeviceWork *work)
{
    return work->program->kind != PROGRAM_FLOATS;
}

static bool check_halved(const BenchDevice *device, const BenchDeviceWork *work,
                         bool *same, Err *err)
{
    OpenClWay way = {.pool = work->pool, .keep = true, .halvings = 1};
    ImageInfo info = halve_image_info(work->dst->info);
    Image *got = image_new(info, err), *wanted = got ? image_new(info, err) : NULL;
    bool good =
        wanted && opencl_map(device->opencl, work->program, work->src, got, &way, err);
    if (good) {
        run_image_halved(work->program, work->src, wanted, 1, work->pool, NULL);
        *same = image_same(got, wanted);
    }
    image_unref(&got);
    image_unref(&wanted);
    return good;
}

/* The kernel and the copy beside it; what cannot be measured says so. */
static void time_alone(const BenchDevice *device, const BenchDeviceWork *work,
                       BenchResult *row, DeviceFacts *facts)
{
    Err why = {0};
    int runs = work->runs;
    while (runs > FEW_RUNS && runs * facts->kept_ms > PATIENCE_MS)
        runs--;
    double *copies = mem_new((size_t)runs, sizeof *copies);
    double *maps = mem_new((size_t)runs, sizeof *maps);
    bool good =
        opencl_time(device->opencl, work->program, work->src, runs, copies, maps, &why);
    if (good) {
        row->ms = bench_timing_median(maps, runs, &row->ms_min);
        facts->copy_ms = bench_timing_median(copies, runs, NULL);
        row->memcpy_ratio = facts->copy_ms / row->ms;
    } else {
        snprintf(facts->reason, sizeof facts->reason, "%.500s", why.text);
    }
    mem_free(copies);
    mem_free(maps);
}

bool bench_device_run(BenchDevice *device, const BenchDeviceWork *work,
                      BenchResult *row, Err *err)
{
    DeviceFacts *facts = &device->facts[device->count++];
    const OpenClDevice *about = opencl_device(device->opencl);
    bool halved = true;
    double ms;
    facts->device = about->name;
    facts->driver = about->driver;
    row->mode = "opencl";
    row->threads = about->units;
    row->device = facts;
    row->ms = row->ms_min = row->memcpy_ratio = row->limit_ratio = 0;
    memset(work->dst->data, 0, work->dst->stride * (size_t)work->dst->info.height);
    if (!time_map(device, work, false, &ms, err) || /* kernels are compiled */
        !time_map(device, work, false, &facts->whole_ms, err))
        return false;
    facts->same_bits = image_same(work->dst, work->native);
    if (!time_map(device, work, true, &ms, err) || /* sends the source */
        !time_map(device, work, true, &facts->kept_ms, err) ||
        (must_be_same(work) && !check_halved(device, work, &halved, err)))
        return false;
    opencl_forget(device->opencl);
    time_alone(device, work, row, facts);
    if (must_be_same(work) && !(facts->same_bits && halved))
        return err_set(err, ERR_FILE, "bench: %s %s by opencl has other bits%s",
                       row->op, row->pixel, halved ? "" : " when halved");
    return true;
}
