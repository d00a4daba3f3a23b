/* lutist bench batch: a folder developed as `lutist batch` does, beside its codecs
 * alone, which decode and encode the same files and map nothing: libjpeg for JPEG,
 * lutist's readers and writers for the others. */
#include "cmd/bench/cmd_bench.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/thread/thread.h"
#include "batch/batch.h"
#include "bench/bench_results.h"
#include "bench/bench_timing.h"
#include "image/codec/formats.h"
#include "image/jpeg/jpeg_recode.h"
#include "image/reader.h"
#include "image/writer.h"
#include "python/interp.h"
#include "python/script.h"

enum { ROUNDS = 3, STRIP = 64, OPEN_FILES = 8 };

typedef struct Work {
    const Options *options;
    Script *script;
    const ParamValue *values;
    BatchOptions batch;
    BatchReport report; /* of the last round */
    Pool *pool;
} Work;

static Plan *hook_plan(void *context, int look, int depth, const ColorConversion *after,
                       Err *err)
{
    const Work *work = context;
    (void)look;
    return script_plan_after(work->script, work->values, depth, after, err);
}

static int hook_stop(void *context)
{
    (void)context;
    return interp_interrupts();
}

/* All rows of a file into a nameless one; what fails is left out. */
static void recode_rows(Reader *reader, Writer *writer)
{
    ImageInfo info = reader_info(reader);
    size_t stride = image_row_bytes(info);
    uint8_t *rows = mem_alloc(STRIP * stride, NULL);
    bool fine = rows;
    for (int y = 0; y < info.height && fine; y += STRIP) {
        int left = info.height - y, count = left < STRIP ? left : STRIP;
        fine = reader_read(reader, rows, stride, count, NULL) &&
               writer_write(writer, rows, stride, count, NULL);
    }
    mem_free(rows);
    if (fine)
        writer_end(writer, NULL);
    else
        writer_abort(writer);
}

static void recode_by_rows(const BatchItem *item, const Format *format, FILE *to)
{
    Notes read = {0}, written = {0};
    Reader *reader = reader_open(item->input, &(ReadOptions){.notes = &read}, NULL);
    SaveOptions save = {.format = format->name, .notes = &written};
    Writer *writer = reader ? writer_open_file(to, item->output, reader_info(reader),
                                               reader_meta(reader), &save, NULL)
                            : NULL;
    if (writer)
        recode_rows(reader, writer);
    reader_close(reader);
}

/* JPEG by libjpeg alone, but for what that cannot read. */
static void recode_file(const BatchItem *item, const Format *format, FILE *to)
{
    bool jpeg = format == &format_jpeg && format_by_path(item->input) == format;
    FILE *from = jpeg ? fopen(item->input, "rbe") : NULL;
    bool done = from && jpeg_recode(from, to, NULL);
    if (from)
        fclose(from);
    if (done)
        return;
    rewind(to);
    recode_by_rows(item, format, to);
}

static void recode(void *context, int index)
{
    const Work *work = context;
    const BatchItem *item = &work->report.items[index];
    const Format *format = format_by_path(item->output);
    FILE *file = item->state == BATCH_DONE && format ? tmpfile() : NULL;
    if (!file)
        return;
    recode_file(item, format, file);
    fclose(file);
}

static double codecs_once(Work *work)
{
    double start = thread_clock_ms();
    pool_for(work->pool, work->report.count, recode, work, NULL);
    return thread_clock_ms() - start;
}

/* All have failed, and the first tells why. */
static bool fail_all(const BatchReport *report, Err *err)
{
    const char *reason = report->failed ? report->items[0].reason : "";
    return err_set(err, ERR_FILE, "%s", *reason ? reason : "no file was developed");
}

/* False: nothing was developed. */
static bool batch_once(Work *work, double *ms, Err *err)
{
    BatchHooks hooks = {.plan = hook_plan, .stop = hook_stop, .context = work};
    batch_report_clear(&work->report);
    if (!batch_list(&work->batch, &work->report, err))
        return false;
    double start = thread_clock_ms();
    bool ran = batch_run(&work->batch, &hooks, &work->report, err);
    *ms = thread_clock_ms() - start;
    if (ran && interp_interrupts())
        return err_set(err, ERR_CANCELLED, "interrupted");
    if (ran && !work->report.done)
        return fail_all(&work->report, err);
    return ran;
}

static double pixels_of(const BatchReport *report)
{
    uint64_t pixels = 0;
    for (int i = 0; i < report->count; i++)
        pixels += report->items[i].pixels;
    return (double)pixels;
}

static double peak_megabytes(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_maxrss / 1024;
}

static BenchResult row_of(const Work *work, const char *mode, double *times)
{
    BenchResult row = {.op = "batch",
                       .pixel = "files",
                       .mode = mode,
                       .threads = work->batch.jobs,
                       .samples = pixels_of(&work->report)};
    row.ms = bench_timing_median(times, ROUNDS, &row.ms_min);
    return row;
}

static void print_row(const BenchResult *row, const BenchResult *codecs)
{
    printf("%-8s %7d  %9.1f  %9.1f  %8.1f  %9.2f\n", row->mode, row->threads, row->ms,
           row->ms_min, row->samples / row->ms / 1e3, row->ms / codecs->ms);
}

static bool tell(const Work *work, const BenchOptions *bench, double *batch,
                 double *codecs, double peak, Err *err)
{
    BenchResults rows = {0};
    BenchResult floor = row_of(work, "codecs", codecs);
    BenchResult whole = row_of(work, "batch", batch);
    whole.limit_ratio = floor.ms / whole.ms;
    bench_results_machine(bench->version);
    printf("%d files, %.1f MP, %d failed; look %s\n\n", work->report.done,
           floor.samples / 1e6, work->report.failed, work->options->script);
    printf("what     threads         ms       best      MP/s  to codecs\n");
    print_row(&floor, &floor);
    print_row(&whole, &floor);
    printf("\nMemory of the process, after the first batch: %.0f MB at most.\n", peak);
    bench_results_keep(&rows, &floor);
    bench_results_keep(&rows, &whole);
    bool good =
        !bench->json || bench_results_save(&rows, bench->version, bench->json, err);
    bench_results_clear(&rows);
    return good;
}

/* The first batch is not counted: it reads the files into memory. */
static bool measure(Work *work, const BenchOptions *bench, Err *err)
{
    double batch[ROUNDS], codecs[ROUNDS], first;
    if (!batch_once(work, &first, err))
        return false;
    double peak = peak_megabytes();
    for (int i = 0; i < ROUNDS; i++) {
        codecs[i] = codecs_once(work);
        if (!batch_once(work, &batch[i], err))
            return false;
    }
    return tell(work, bench, batch, codecs, peak, err);
}

static bool with_script(Work *work, const BenchOptions *bench, Err *err)
{
    InterpConfig config = {.venv = work->options->venv, .signals = true};
    if (!interp_start(&config, err))
        return false;
    work->script = script_load(work->options->script, err);
    ParamValue *values =
        work->script ? cmd_bench_values(work->options, work->script, err) : NULL;
    work->values = values;
    bool good = values && measure(work, bench, err);
    if (values)
        param_values_free(values, script_params(work->script)->count);
    script_close(work->script);
    interp_stop();
    return good;
}

static int remove_one(const char *path, const struct stat *found, int kind,
                      struct FTW *place)
{
    (void)found;
    (void)kind;
    (void)place;
    return remove(path);
}

bool cmd_bench_batch(const Options *options, const BenchOptions *bench, Err *err)
{
    const char *temp = getenv("TMPDIR");
    if (options->n_args < 2)
        return err_set(err, ERR_USAGE,
                       "bench batch: a folder is missing; see 'lutist bench --help'");
    char *folder = mem_printf("%s/lutist_bench_XXXXXX", temp && *temp ? temp : "/tmp");
    if (!mkdtemp(folder)) {
        err_set_errno(err, ERR_FILE, errno, "%s", folder);
        mem_free(folder);
        return false;
    }
    char *output = mem_printf("%s/{index}{ext}", folder);
    int threads = options->threads ? options->threads : thread_cpus();
    Work work = {.options = options, .pool = pool_new(threads, err)};
    work.batch = (BatchOptions){.inputs = options->args + 1,
                                .n_inputs = options->n_args - 1,
                                .output = output,
                                .jobs = threads,
                                .overwrite = true,
                                .sync = "none"};
    bool good = work.pool && with_script(&work, bench, err);
    batch_report_clear(&work.report);
    pool_free(work.pool);
    nftw(folder, remove_one, OPEN_FILES, FTW_DEPTH | FTW_PHYS);
    mem_free(output);
    mem_free(folder);
    return good;
}
