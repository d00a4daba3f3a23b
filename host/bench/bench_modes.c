#include "bench/bench_modes.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "bench/bench_plot.h"
#include "bench/bench_results.h"
#include "bench/bench_timing.h"
#include "bench/facts/mode_facts.h"
#include "pipe/program/run.h"

enum { RUNS = 7, FEW_RUNS = 3, THIRDS = 3 };
/* A mode is run FEW_RUNS times at least, and RUNS times unless that takes this long. */
static const double PATIENCE_MS = 4000;
/* The part of a larger image that pure Python gets; less if it would take longer. */
static const double PART_MEGAPIXELS = 2, PART_MS = 5000, TRIAL_MEGAPIXELS = 0.05;

typedef struct Bench {
    const BenchOptions *options;
    const ModesWork *work;
    const ModesHook *hook;
    Image *wanted;     /* the result of parallel */
    double copy_ms[2]; /* a copy of the image: by one thread, by the pool */
    double python_ms;  /* 0: not known yet */
    ModeFacts facts[MODES];
    char pixel[8]; /* "u8x3" */
    BenchResults rows;
} Bench;

static double megapixels(const Image *image)
{
    return (double)image->info.width * image->info.height / 1e6;
}

/* Is it the caller who maps? */
static bool is_hooked(Mode mode)
{
    return mode_is_python(mode) || mode == MODE_OPENCL;
}

static bool run_once(const Bench *bench, Mode mode, Image *src, Image *dst, double *ms,
                     Err *err)
{
    const ModesWork *work = bench->work;
    double begin = thread_clock_ms();
    bool good = true;
    if (is_hooked(mode))
        good =
            bench->hook->map(bench->hook->context, mode, work->program, src, dst, err);
    else
        run_image(work->program, src, dst, mode == MODE_SINGLE ? NULL : work->pool,
                  NULL);
    *ms = thread_clock_ms() - begin;
    return good;
}

/* The first rows of the image, about so many megapixels. */
static Image *part_of(const Image *image, double pixels, Err *err)
{
    ImageInfo info = image->info;
    double rows = pixels * 1e6 / info.width;
    info.height = rows < 1 ? 1 : rows < info.height ? (int)rows : info.height;
    Image *part = image_new(info, err);
    if (part)
        memcpy(part->data, image->data, part->stride * (size_t)info.height);
    return part;
}

/* The time of one megapixel, by a short trial. */
static bool try_out(const Bench *bench, Mode mode, double *ms, Err *err)
{
    Image *src = part_of(bench->work->image, TRIAL_MEGAPIXELS, err);
    Image *dst =
        src ? image_new(program_output(bench->work->program, src->info), err) : NULL;
    bool good = dst && run_once(bench, mode, src, dst, ms, err);
    if (good)
        *ms /= megapixels(src);
    image_unref(&dst);
    image_unref(&src);
    return good;
}

/* The image that `mode` works on: the whole, or a part of it for pure Python. A new
 * reference. */
static Image *source_for(const Bench *bench, Mode mode, Err *err)
{
    Image *image = bench->work->image;
    double ms, part = PART_MEGAPIXELS;
    if (mode != MODE_PYTHON)
        return image_ref(image);
    if (!try_out(bench, mode, &ms, err))
        return NULL;
    if (part * ms > PART_MS)
        part = PART_MS / ms;
    return megapixels(image) > part ? part_of(image, part, err) : image_ref(image);
}

/* Store the medians in *row, after one run that is not counted. */
static bool time_mode(const Bench *bench, Mode mode, Image *src, Image *dst,
                      BenchResult *row, Err *err)
{
    double times[RUNS], spent;
    int count = 0;
    bool good = run_once(bench, mode, src, dst, &spent, err);
    double begin = thread_clock_ms();
    while (good && count < RUNS &&
           (count < FEW_RUNS || thread_clock_ms() - begin < PATIENCE_MS))
        good = run_once(bench, mode, src, dst, &times[count++], err);
    if (good)
        row->ms = bench_timing_median(times, count, &row->ms_min);
    return good;
}

static const char *copies_of(Mode mode)
{
    switch (mode) {
    case MODE_NUMPY:
        return "intermediate arrays";
    case MODE_CTYPES:
        return "the pixels, first";
    case MODE_OPENCL:
        return "the pixels, to the device and back";
    default:
        return "nothing";
    }
}

static int threads_of(const Bench *bench, Mode mode)
{
    return mode == MODE_PARALLEL ? pool_threads(bench->work->pool)
           : mode == MODE_CTYPES ? THIRDS
                                 : 1;
}

static BenchResult new_row(const Bench *bench, Mode mode)
{
    ImageInfo info = bench->work->image->info;
    ProgramKind kind = bench->work->program->kind;
    return (BenchResult){.op = "modes",
                         .pixel = bench->pixel,
                         .mode = mode_name(mode),
                         .tables = kind == PROGRAM_TABLES   ? 3
                                   : kind <= PROGRAM_TABLES ? 1
                                                            : 0,
                         .threads = threads_of(bench, mode),
                         .samples = (double)info.width * info.height * info.channels,
                         .facts = &bench->facts[mode]};
}

/* Extrapolate the times of the part to the whole. */
static void finish_row(Bench *bench, Mode mode, const Image *src, const Image *dst,
                       BenchResult *row)
{
    ModeFacts *facts = &bench->facts[mode];
    facts->megapixels = megapixels(bench->work->image);
    facts->measured = megapixels(src);
    facts->copies = copies_of(mode);
    facts->same_bits = image_same_rows(dst, bench->wanted, dst->info.height);
    row->ms *= facts->megapixels / facts->measured;
    row->ms_min *= facts->megapixels / facts->measured;
    row->memcpy_ratio = bench->copy_ms[row->threads > 1] / row->ms;
    if (mode == MODE_PYTHON)
        bench->python_ms = row->ms;
    facts->against_python = bench->python_ms / row->ms;
}

static bool measure(Bench *bench, Mode mode, BenchResult *row, Err *err)
{
    Image *src = source_for(bench, mode, err);
    Image *dst =
        src ? image_new(program_output(bench->work->program, src->info), err) : NULL;
    bool good = dst && time_mode(bench, mode, src, dst, row, err);
    if (good)
        finish_row(bench, mode, src, dst, row);
    image_unref(&dst);
    image_unref(&src);
    return good;
}

/* A mode that is not available gets a row too. */
static bool add_mode(Bench *bench, Mode mode, Err *err)
{
    BenchResult row = new_row(bench, mode);
    Err why = {0};
    ModeFacts *facts = &bench->facts[mode];
    if (is_hooked(mode) && !bench->hook->has(bench->hook->context, mode, &why)) {
        facts->megapixels = megapixels(bench->work->image);
        snprintf(facts->reason, sizeof facts->reason, "%.500s", why.text);
    } else if (!measure(bench, mode, &row, err)) {
        return false;
    }
    bench_results_keep(&bench->rows, &row);
    mode_facts_print(facts, row.mode, row.threads, row.ms, row.ms_min);
    return true;
}

static bool prepare(Bench *bench, Err *err)
{
    const ModesWork *work = bench->work;
    ImageInfo info = work->image->info;
    snprintf(bench->pixel, sizeof bench->pixel, "u%dx%d", info.depth, info.channels);
    bench->wanted = image_new(program_output(work->program, info), err);
    Image *copy = bench->wanted ? image_new(info, err) : NULL;
    if (!copy)
        return false;
    size_t bytes = copy->stride * (size_t)info.height;
    for (int threads = 0; threads < 2; threads++)
        bench->copy_ms[threads] = bench_timing_copy(
            copy->data, work->image->data, bytes, threads ? work->pool : NULL, RUNS);
    image_unref(&copy);
    run_image(work->program, work->image, bench->wanted, work->pool, NULL);
    return true;
}

static bool compare(const Bench *bench, Err *err)
{
    for (int mode = 0; mode < MODES; mode++)
        if (!bench->facts[mode].reason[0] && !bench->facts[mode].same_bits)
            return err_set(err, ERR_FILE, "bench: %s gave other bits than parallel",
                           mode_name((Mode)mode));
    return true;
}

static bool save(const Bench *bench, Err *err)
{
    const BenchOptions *options = bench->options;
    const ModesWork *work = bench->work;
    if (options->json &&
        !bench_results_save(&bench->rows, options->version, options->json, err))
        return false;
    if (!options->plot)
        return true;
    char *title = mem_printf("Mapping the pixels of %s, %.1f MP", work->name,
                             megapixels(work->image));
    bool good = bench_plot_modes(&bench->rows, title, work->look, options->plot, err);
    mem_free(title);
    return good;
}

bool bench_modes(const BenchOptions *options, const ModesWork *work,
                 const ModesHook *hook, Err *err)
{
    Bench bench = {.options = options, .work = work, .hook = hook};
    ImageInfo info = work->image->info;
    Mode mode = MODE_PARALLEL;
    bool good = prepare(&bench, err);
    bench_results_machine(options->version);
    printf("%s: %d × %d, %s; %s: %s\n\n", work->name, info.width, info.height,
           bench.pixel, work->look, program_describe(work->program));
    mode_facts_heading();
    for (int i = 0; good && i < MODES; i++) {
        mode = mode_next(mode);
        good = add_mode(&bench, mode, err);
    }
    good = good && save(&bench, err) && compare(&bench, err);
    bench_results_clear(&bench.rows);
    image_unref(&bench.wanted);
    return good;
}
