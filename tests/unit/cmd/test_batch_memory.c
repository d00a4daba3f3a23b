/* Each allocation of a whole batch fails in turn, on whatever thread: its files are
 * done, or memory is what is named; nothing half-done stays, and a second run does the
 * rest. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/batch.h"
#include "batch/look/look_hash.h"
#include "cmd/report_file.h"
#include "failing_malloc.h"
#include "test_image.h"

/* So many of them, evenly spread; with LUTIST_EVERY_ALLOCATION in the environment all.
 */
enum { TRIES = 50, FILES = 2 };
/* AddressSanitizer allocates itself where a thread begins. */
static const size_t LEAST_OF_LIBRARIES = SANITIZED ? 1024 : 0;
static const char *const inputs[FILES] = {"a.jpg", "b.png"};
static const char *const outputs[FILES] = {"out/a.jpg", "out/b.png"};
static const char JOURNAL[] = "out/.lutist-journal.jsonl", REPORT[] = "report.json";

static bool square(void *context, const double *x, double *y, size_t n, Err *err)
{
    (void)context, (void)err;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] * x[i];
    return true;
}

static Plan *give_plan(void *context, int look, int depth, const ColorConversion *after,
                       Err *err)
{
    (void)context, (void)look, (void)after;
    static const Curve curve = {square, NULL};
    Stage stage = {.kind = STAGE_TONE, .tone = {&curve, &curve, &curve}};
    return plan_new(&stage, 1, depth, err);
}

static char *give_look(void *context, char **words, Err *err)
{
    (void)context;
    WatchFiles files = {0};
    watch_files_add(&files, "b.png", (FileStamp){0});
    LookWords look = {.version = "1", .pipeline = "square", .files = &files};
    char *hash = look_hash(&look, err);
    if (hash)
        *words = mem_dup("");
    watch_files_clear(&files);
    return hash;
}

/* What the command does. *report is to be cleared either way. */
static bool develop(int jobs, BatchReport *report, Err *err)
{
    BatchOptions options = {.inputs = inputs,
                            .n_inputs = FILES,
                            .output = "out",
                            .jobs = jobs,
                            .sync = "none",
                            .resume = true};
    BatchHooks hooks = {.plan = give_plan, .look = give_look};
    if (!batch_list(&options, report, err))
        return false;
    ReportFile *file = report_file_open(REPORT, report->claims, err);
    if (!file)
        return false;
    bool ran = batch_run(&options, &hooks, report, err);
    ReportHead head = {.script = "square", .error = ran ? NULL : err->text};
    return report_file_save(file, &head, report, ran ? err : NULL) && ran;
}

static void clear_folder(void)
{
    for (int i = 0; i < FILES; i++)
        unlink(outputs[i]);
    unlink(JOURNAL);
    unlink(REPORT);
    rmdir("out");
}

/* The results of an undisturbed run. */
typedef struct Wanted {
    uint8_t *bytes[FILES];
    size_t sizes[FILES];
} Wanted;

static Wanted wanted_results(void)
{
    Wanted wanted;
    for (int i = 0; i < FILES; i++)
        wanted.bytes[i] = bytes_read(outputs[i], &wanted.sizes[i]);
    return wanted;
}

/* Is the file as it must be, or not there? */
static bool is_whole(const Wanted *wanted, int i)
{
    size_t size;
    if (access(outputs[i], F_OK) != 0)
        return false;
    uint8_t *bytes = bytes_read(outputs[i], &size);
    assert_int_equal(size, wanted->sizes[i]);
    assert_memory_equal(bytes, wanted->bytes[i], size);
    mem_free(bytes);
    return true;
}

static bool names_memory(const char *text)
{
    return strstr(text, "memory") || strstr(text, strerror(EAGAIN));
}

static void assert_items(const Wanted *wanted, const BatchReport *report, long number)
{
    int whole = 0;
    assert_int_equal(report->count, FILES);
    for (int i = 0; i < FILES; i++) {
        const BatchItem *item = &report->items[i];
        assert_int_equal(is_whole(wanted, i), item->state == BATCH_DONE);
        whole += item->state == BATCH_DONE;
        if (item->state == BATCH_FAILED && !names_memory(item->reason))
            fail_msg("allocation %ld: %s", number, item->reason);
    }
    /* the results and the journal; no temporary file */
    assert_in_range(folder_count("out"), whole, whole + 1);
}

/* One run with that allocation failing, and one that goes on. How many there were. */
static long disturb(const Wanted *wanted, int jobs, long number)
{
    BatchReport report = {0};
    Err err = {0};
    anywhere.from = LEAST_OF_LIBRARIES;
    anywhere.allocations = 0;
    anywhere.failing = number;
    bool fine = develop(jobs, &report, &err);
    anywhere.failing = NONE;
    long made = anywhere.allocations;
    if (!fine && (!names_memory(err.text) || strchr(err.text, '\n')))
        fail_msg("allocation %ld: %s", number, err.text);
    if (fine)
        assert_items(wanted, &report, number);
    batch_report_clear(&report);
    report = (BatchReport){0};
    if (!develop(jobs, &report, &err) || report.done + report.skipped != FILES)
        fail_msg("after allocation %ld: %s", number, err.text);
    for (int i = 0; i < FILES; i++)
        assert_true(is_whole(wanted, i));
    assert_int_equal(folder_count("out"), FILES + 1);
    batch_report_clear(&report);
    clear_folder();
    return made;
}

static void with_jobs(int jobs)
{
    BatchReport report = {0};
    Err err = {0};
    if (!develop(jobs, &report, &err) || report.done != FILES)
        fail_msg("%s", err.text);
    batch_report_clear(&report);
    Wanted wanted = wanted_results();
    clear_folder();
    long made = disturb(&wanted, jobs, COUNTED);
    long stride = getenv("LUTIST_EVERY_ALLOCATION") ? 1 : 1 + made / TRIES;
    for (long number = 1; CAN_FAIL && number <= made; number += stride)
        disturb(&wanted, jobs, number);
    assert_true(made > TRIES || !CAN_FAIL);
    for (int i = 0; i < FILES; i++)
        mem_free(wanted.bytes[i]);
}

static void of_one_worker(void **state)
{
    (void)state;
    with_jobs(1);
}

static void of_two_workers(void **state)
{
    (void)state;
    with_jobs(2);
}

static int make(void **state)
{
    if (folder_make(state) != 0 || chdir(*state) != 0)
        return -1;
    for (int i = 0; i < FILES; i++) {
        Image *image = picture(90, 60, 3, 8);
        save_good(image, inputs[i], 0);
        image_unref(&image);
    }
    return 0;
}

static int leave(void **state)
{
    clear_folder();
    return chdir("/") != 0 || folder_remove(state) != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(of_one_worker, make, leave),
        cmocka_unit_test_setup_teardown(of_two_workers, make, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
