#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "bench/bench.h"
#include "bench/bench_looks.h"
#include "bench/bench_picture.h"
#include "bench/bench_results.h"
#include "bench/bench_timing.h"
#include "bench/device/bench_device.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"

enum { ASPECT_WIDTH = 32, ASPECT_HEIGHT = 15, RUNS = 9 };
static const double MEGAPIXELS = 43.2;

/* One look's data: allocated and touched once, used by every run. */
typedef struct Bench {
    const BenchOptions *options;
    const BenchLook *one;
    Image *src, *dst;
    Program *program;
    Pool *pool;
    int runs;
} Bench;

/* What is measured beside each other, in this order. */
enum { COPY, STREAM, KERNEL, WAYS };

static double time_copy(Bench *bench)
{
    size_t bytes = bench->src->stride * (size_t)bench->src->info.height;
    return bench_timing_copy_once(bench->dst->data, bench->src->data, bytes,
                                  bench->pool);
}

static double time_stream(Bench *bench)
{
    size_t bytes = bench->src->stride * (size_t)bench->src->info.height;
    return bench_timing_stream_once(bench->dst->data, bench->src->data, bytes,
                                    bench->pool);
}

static double time_program(Bench *bench)
{
    double begin = thread_clock_ms();
    run_image(bench->program, bench->src, bench->dst, bench->pool, NULL);
    return thread_clock_ms() - begin;
}

/* The ratios of all ways to the copies: the limit is the better one. */
static void relate(BenchResult rows[WAYS])
{
    double copy = rows[COPY].ms, stream = rows[STREAM].ms;
    double limit = stream < copy ? stream : copy;
    for (int way = 0; way < WAYS; way++) {
        rows[way].memcpy_ratio = copy / rows[way].ms;
        rows[way].limit_ratio = limit / rows[way].ms;
    }
}

/* Copies and kernel in turn, so that all meet the same conditions. */
static void measure(Bench *bench, BenchResult rows[WAYS])
{
    static double (*const once[WAYS])(Bench *) = {time_copy, time_stream, time_program};
    double *times[WAYS];
    for (int way = 0; way < WAYS; way++)
        times[way] = mem_new((size_t)bench->runs, sizeof **times);
    for (int way = 0; way < WAYS; way++)
        once[way](bench);
    for (int i = 0; i < bench->runs; i++)
        for (int way = 0; way < WAYS; way++)
            times[way][i] = once[way](bench);
    for (int way = 0; way < WAYS; way++) {
        rows[way].ms = bench_timing_median(times[way], bench->runs, &rows[way].ms_min);
        mem_free(times[way]);
    }
    relate(rows);
}

static double sample_at(const Image *image, int x, int y, int channel)
{
    const uint8_t *row = image_row(image, y);
    int at = x * image->info.channels + channel;
    return image->info.depth == 8 ? row[at] : ((const uint16_t *)(const void *)row)[at];
}

/* The largest difference from the formulas in double precision, in LSBs, over a million
 * pixels spread over the picture. */
static double worst_error(const Bench *bench)
{
    enum { EVERY = 41 };
    ImageInfo info = bench->src->info;
    double most = (1 << info.depth) - 1, worst = 0;
    size_t pixels = (size_t)info.width * (size_t)info.height;
    for (size_t i = 0; i < pixels; i += EVERY) {
        int x = (int)(i % (size_t)info.width), y = (int)(i / (size_t)info.width);
        double in[3], out[3];
        for (int c = 0; c < 3; c++)
            in[c] = sample_at(bench->src, x, y, c < info.channels ? c : 0) / most;
        bench_looks_reference(bench->one, in, out);
        for (int c = 0; c < info.channels && c < 3; c++) {
            double want = floor(fmin(fmax(out[c], 0.0), 1.0) * most + 0.5);
            worst = fmax(worst, fabs(want - sample_at(bench->dst, x, y, c)));
        }
    }
    return worst;
}

static bool verify(const Bench *bench, BenchResult *row, Err *err)
{
    double bound = bench->one->tables ? 0 : bench->one->depth == 8 ? 1 : 2;
    row->verified = true;
    row->worst = worst_error(bench);
    if (row->worst <= bound)
        return true;
    return err_set(err, ERR_FILE, "bench: %s %s by %s is off by %g steps of %d bits",
                   row->op, row->pixel, row->mode, row->worst, bench->one->depth);
}

static void describe(const Bench *bench, BenchResult rows[WAYS])
{
    ImageInfo info = bench->src->info;
    BenchResult common = {
        .op = bench->one->op,
        .pixel = bench->one->pixel,
        .tables = bench->one->tables,
        .threads = pool_threads(bench->pool),
        .mode = pool_threads(bench->pool) > 1 ? "parallel" : "single",
        .samples = (double)info.width * info.height * info.channels,
    };
    rows[COPY] = rows[STREAM] = rows[KERNEL] = common;
    rows[COPY].op = "memcpy";
    rows[STREAM].op = "stream_copy";
    rows[COPY].tables = rows[STREAM].tables = 0;
}

static bool measure_threads(Bench *bench, int threads, BenchResults *results, Err *err)
{
    bench->pool = pool_new(threads, err);
    if (!bench->pool)
        return false;
    BenchResult rows[WAYS];
    describe(bench, rows);
    measure(bench, rows);
    bool good = !bench->options->verify || verify(bench, &rows[KERNEL], err);
    for (int way = 0; way < WAYS; way++)
        bench_results_add(results, &rows[way]);
    pool_free(bench->pool);
    return good;
}

static ImageInfo size_of(const BenchOptions *options, const BenchLook *one)
{
    double mega = options->megapixels > 0 ? options->megapixels : MEGAPIXELS;
    double unit = sqrt(mega * 1e6 / (ASPECT_WIDTH * ASPECT_HEIGHT));
    return (ImageInfo){(int)(unit * ASPECT_WIDTH + 0.5),
                       (int)(unit * ASPECT_HEIGHT + 0.5), one->channels, one->depth};
}

static bool prepare(Bench *bench, Err *err)
{
    ImageInfo info = size_of(bench->options, bench->one);
    Plan *plan = bench_looks_plan(bench->one, err);
    bench->program = plan ? compile_plan(plan, info.channels, err) : NULL;
    plan_unref(&plan);
    bench->src = bench->program ? image_new(info, err) : NULL;
    bench->dst = bench->src ? image_new(info, err) : NULL;
    if (!bench->dst)
        return false;
    bench_picture_fill(bench->src->data, bench->src->stride, info, bench->one->noise);
    memset(bench->dst->data, 0, bench->dst->stride * (size_t)info.height);
    return true;
}

/* The same look on the device; dst holds the result of the CPU. */
static bool measure_device(Bench *bench, BenchDevice *device, BenchResults *results,
                           Err *err)
{
    Bench there = *bench;
    BenchResult rows[WAYS];
    there.pool = pool_new(bench->options->threads, err);
    there.dst = there.pool ? image_new(bench->dst->info, err) : NULL;
    bool good = there.dst;
    if (good) {
        const BenchDeviceWork work = {bench->program, bench->src, there.dst,
                                      bench->dst,     there.pool, bench->runs};
        describe(&there, rows);
        good = bench_device_run(device, &work, &rows[KERNEL], err) &&
               verify(&there, &rows[KERNEL], err);
    }
    if (good)
        bench_results_add(results, &rows[KERNEL]);
    image_unref(&there.dst);
    pool_free(there.pool);
    return good;
}

static bool run_case(const BenchOptions *options, const BenchLook *one,
                     BenchDevice *device, BenchResults *rows, Err *err)
{
    Bench bench = {.options = options, .one = one};
    bench.runs = options->runs > 0 ? options->runs : RUNS;
    int all = options->threads > 0 ? options->threads : thread_cpus();
    bool good = prepare(&bench, err);
    if (good && all > 1)
        good = measure_threads(&bench, 1, rows, err);
    if (good)
        good = measure_threads(&bench, all, rows, err);
    if (good && device->opencl)
        good = measure_device(&bench, device, rows, err);
    image_unref(&bench.dst);
    image_unref(&bench.src);
    program_unref(&bench.program);
    return good;
}

/* Returns only when every thread of the pool is in it. */
typedef struct Meeting {
    atomic_int there;
    int wanted;
} Meeting;

static void meet(void *arg, int index)
{
    Meeting *meeting = arg;
    (void)index;
    atomic_fetch_add(&meeting->there, 1);
    while (atomic_load(&meeting->there) < meeting->wanted)
        ;
}

/* The time from the call of pool_for until every thread is at work and all have
 * returned: the cost of threads for each picture. */
static bool measure_wake(const BenchOptions *options, BenchResults *rows, Err *err)
{
    enum { CALLS = 999 };
    Pool *pool = pool_new(options->threads, err);
    if (!pool)
        return false;
    double times[CALLS];
    for (int i = 0; i < CALLS; i++) {
        double begin = thread_clock_ms();
        Meeting meeting = {.wanted = pool_threads(pool)};
        pool_for(pool, meeting.wanted, meet, &meeting, NULL);
        times[i] = thread_clock_ms() - begin;
    }
    BenchResult row = {.op = "pool_wake", .pixel = "-", .mode = "parallel"};
    row.threads = pool_threads(pool);
    row.ms = bench_timing_median(times, CALLS, &row.ms_min);
    bench_results_add(rows, &row);
    pool_free(pool);
    return true;
}

bool bench_kernels(const BenchOptions *options, Err *err)
{
    BenchResults rows = {0};
    BenchDevice device = {0};
    bench_results_heading(options->version);
    bool good = measure_wake(options, &rows, err) &&
                (!options->verify || bench_device_open(&device, options->device,
                                                       bench_looks_count, &rows, err));
    for (int i = 0; good && i < bench_looks_count; i++)
        good = run_case(options, &bench_looks_all[i], &device, &rows, err);
    if (good && options->json)
        good = bench_results_save(&rows, options->version, options->json, err);
    bench_device_close(&device);
    bench_results_clear(&rows);
    return good;
}
