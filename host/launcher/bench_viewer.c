#include "launcher/bench_viewer.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/interrupt.h"
#include "base/thread/pool.h"
#include "base/thread/thread.h"
#include "batch/file/one_file.h"
#include "bench/bench_one_table.h"
#include "bench/bench_results.h"
#include "bench/facts/decode_time.h"
#include "launcher/bench_starts.h"
#include "viewer/viewer.h"

/* The image under names of its own, so that each is read anew. */
typedef struct Links {
    char folder[PATH_MAX];
    const char *paths[1 + MEASURED_STEPS]; /* the first is the image's own */
} Links;

static bool links_make(Links *links, const char *image, Err *err)
{
    const char *temporary = getenv("TMPDIR");
    char *whole = realpath(image, NULL);
    *links = (Links){.paths = {image}};
    snprintf(links->folder, sizeof links->folder, "%s/lutist_bench_XXXXXX",
             temporary && *temporary ? temporary : "/tmp");
    bool good = whole && mkdtemp(links->folder);
    if (!good)
        err_set_errno(err, ERR_FILE, errno, "%s", whole ? links->folder : image);
    for (int i = 1; good && i <= MEASURED_STEPS; i++) {
        char *name = mem_printf("%d-%s", i, path_name(whole));
        char *path = path_join(links->folder, name);
        links->paths[i] = path;
        good = symlink(whole, path) == 0 ||
               err_set_errno(err, ERR_FILE, errno, "%s", path);
        mem_free(name);
    }
    free(whole);
    return good;
}

static void links_remove(Links *links)
{
    for (int i = 1; i <= MEASURED_STEPS; i++) {
        if (links->paths[i])
            unlink(links->paths[i]);
        mem_free((char *)links->paths[i]);
    }
    rmdir(links->folder);
}

/* A process has lived for as long as it has computed, at least. */
static double began_by_ms(void)
{
    struct timespec computed;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &computed);
    return thread_clock_ms() - (double)computed.tv_sec * 1e3 -
           (double)computed.tv_nsec / 1e6;
}

/* The results, as rows. */

static const char *const VIEWS[MEASURED_VIEWS] = {"fitted", "100%", "whole"};

typedef struct Report {
    const Options *options;
    const Measured *measured;
    char pixel[8];
    int threads;
    WindowFacts facts[MEASURED_VIEWS + 4];
    BenchResults rows;
} Report;

static void add(Report *report, const char *op, const Latency *latency,
                const WindowFacts *more)
{
    const Measured *measured = report->measured;
    WindowFacts *facts = &report->facts[report->rows.count];
    *facts = *more;
    facts->renderer = measured->renderer;
    facts->width = measured->width;
    facts->height = measured->height;
    facts->image_width = measured->image_width;
    facts->image_height = measured->image_height;
    facts->cache_bytes = measured->cache;
    facts->events = latency->count;
    facts->p95_ms = latency->p95;
    facts->p99_ms = latency->p99;
    facts->max_ms = latency->most;
    BenchResult row = {.op = op,
                       .pixel = report->pixel,
                       .mode = mode_name(report->options->mode),
                       .threads = report->threads,
                       .samples = (double)measured->image_width *
                                  measured->image_height * measured->channels,
                       .ms = latency->p50,
                       .ms_min = latency->least,
                       .window = facts};
    bench_results_keep(&report->rows, &row);
    window_facts_print(op, row.ms, facts);
}

/* Of a row that has nothing else. */
static WindowFacts facts_of(uint64_t peak_bytes)
{
    return (WindowFacts){.made_ms = -1,
                         .made_max_ms = -1,
                         .shown_ms = -1,
                         .stall_ms = -1,
                         .own_ms = -1,
                         .at_hand = -1,
                         .peak_bytes = peak_bytes};
}

static void add_plain(Report *report, const char *op, const Latency *latency,
                      uint64_t peak_bytes)
{
    WindowFacts facts = facts_of(peak_bytes);
    add(report, op, latency, &facts);
}

static void add_drag(Report *report, MeasuredView view)
{
    const MeasuredDrag *drag = &report->measured->drags[view];
    WindowFacts facts = facts_of(drag->memory);
    facts.view = VIEWS[view];
    facts.megapixels = drag->megapixels;
    facts.made_ms = drag->made.p50;
    facts.made_max_ms = drag->made.most;
    facts.shown_ms = drag->shown.p50;
    facts.stall_ms = drag->stall.ms;
    facts.own_ms = drag->stall.own_ms;
    add(report, "slider", &drag->latency, &facts);
}

static void add_next(Report *report)
{
    const Measured *measured = report->measured;
    WindowFacts facts = facts_of(measured->memory);
    facts.stall_ms = measured->next_stall.ms;
    facts.own_ms = measured->next_stall.own_ms;
    facts.at_hand = measured->at_hand;
    add(report, "next_picture", &measured->next, &facts);
}

/* What the window's times are compared with, and its starts. */
typedef struct References {
    Latency decode, first, table;
} References;

static uint64_t bytes_of(const Measured *measured)
{
    return (uint64_t)measured->image_width * (uint64_t)measured->image_height *
           (uint64_t)measured->channels * (uint64_t)measured->depth / 8;
}

/* An image on the disk is not processed as a whole. */
static bool is_whole(const Measured *measured)
{
    double all = (double)measured->image_width * measured->image_height / 1e6;
    return measured->drags[VIEW_WHOLE].megapixels > 0.99 * all;
}

static void tell_ratios(const Measured *measured, const References *references)
{
    const Latency *made = &measured->drags[VIEW_WHOLE].made;
    const Latency *table = &references->table;
    printf("\nThe first picture takes %.2f of a decode.\n",
           references->first.p50 / references->decode.p50);
    if (is_whole(measured))
        printf("The whole image is made in %.1f ms, at most %.1f; twice one table is "
               "%.1f, at most %.1f.\n",
               made->p50, made->most, 2 * table->p50, 2 * table->most);
}

static bool tell(Report *report, const References *references, Err *err)
{
    const Measured *m = report->measured;
    const char *json = report->options->json_file;
    snprintf(report->pixel, sizeof report->pixel, "u%dx%d", m->depth, m->channels);
    bench_results_machine(LUTIST_VERSION);
    printf("%d × %d, %s, in a window of %d × %d, renderer %s\n\n", m->image_width,
           m->image_height, report->pixel, m->width, m->height, m->renderer);
    window_facts_heading();
    add_plain(report, "decode", &references->decode, m->memory);
    add_plain(report, "one_table", &references->table, m->memory);
    add_plain(report, "first_picture", &references->first, m->first_memory);
    for (int i = 0; i < MEASURED_VIEWS; i++)
        add_drag(report, (MeasuredView)i);
    add_next(report);
    tell_ratios(m, references);
    printf("%d of %d next pictures were at hand; memory for pictures (--cache): "
           "%.0f MB\n",
           m->at_hand, m->next.count, (double)m->cache / 1e6);
    bool good = !json || bench_results_save(&report->rows, LUTIST_VERSION, json, err);
    bench_results_clear(&report->rows);
    return good;
}

static bool check(const Options *options, Err *err)
{
    if (options->n_args != 2)
        return err_set(err, ERR_USAGE, "bench viewer: %s; see 'lutist bench --help'",
                       options->n_args < 2 ? "an image is missing"
                                           : "one image is enough");
    if (options->plot)
        return err_set(err, ERR_USAGE,
                       "bench viewer: --plot is an option of 'bench modes'");
    bool wanted = options->json_file && !bench_starts_is_one();
    Outfile *json = wanted ? bench_results_open(options->json_file, err) : NULL;
    bool good = json || !wanted;
    outfile_abort(json);
    return good;
}

static Latency of_times(const double *ms, int count)
{
    LatencyLog log = {0};
    for (int i = 0; i < count; i++)
        latency_time(&log, ms[i]);
    return latency_of(&log);
}

/* As often as the whole image was: so the longest can be compared, too. */
static bool time_table(const Measured *measured, Pool *pool, Latency *table, Err *err)
{
    enum { LEAST = 3, MOST = 101 };
    double ms[MOST];
    int made = measured->drags[VIEW_WHOLE].made.count;
    int runs = made < LEAST ? LEAST : made < MOST ? made : MOST;
    bool good = bench_one_table(bytes_of(measured), pool, runs, ms, err);
    if (good)
        *table = of_times(ms, runs);
    return good;
}

static bool time_decode(const char *path, Latency *decode, Err *err)
{
    double ms[LONG_RUNS];
    int runs;
    bool good = decode_time(path, ms, &runs, err);
    if (good)
        *decode = of_times(ms, runs);
    return good;
}

/* The window is closed, and does not disturb. */
static bool compare(const Options *options, const Measured *measured, Pool *pool,
                    References *references, Err *err)
{
    LatencyLog starts = {0};
    latency_time(&starts, measured->first_ms);
    bool good = bench_starts_measure(&starts, err) &&
                time_decode(options->args[1], &references->decode, err) &&
                time_table(measured, pool, &references->table, err);
    references->first = latency_of(&starts);
    return good;
}

static bool measure(const Options *options, double began_ms, const Links *links,
                    Pool *pool, Err *err)
{
    bool one = bench_starts_is_one();
    Measured measured = {.began_ms = began_ms, .first_only = one};
    ViewerOptions viewer = {.inputs = links->paths,
                            .n_inputs = 1 + MEASURED_STEPS,
                            .script = options->script,
                            .preset = options->preset,
                            .params = options->params,
                            .n_params = options->n_params,
                            .venv = options->venv,
                            .pool = pool,
                            .mode = options->mode,
                            .device = options->device,
                            .cache = options->cache,
                            .develop = batch_one_file,
                            .no_config = true, /* it presses the default keys */
                            .measured = &measured,
                            .read = {.max_pixels = UINT64_MAX}};
    Report report = {
        .options = options, .measured = &measured, .threads = pool_threads(pool)};
    References references = {0};
    if (!viewer_run(&viewer, err))
        return false;
    if (one)
        return bench_starts_tell(measured.first_ms, err);
    return compare(options, &measured, pool, &references, err) &&
           tell(&report, &references, err);
}

bool bench_viewer(const Options *options, int *code, Err *err)
{
    double began_ms = began_by_ms();
    *code = 0;
    if (!check(options, err))
        return false;
    Pool *pool = pool_new(options->threads, err);
    Links links = {0};
    bool good = pool && links_make(&links, options->args[1], err) &&
                measure(options, began_ms, &links, pool, err);
    links_remove(&links);
    pool_free(pool);
    if (interrupt_count())
        *code = 130;
    return good || *code;
}
