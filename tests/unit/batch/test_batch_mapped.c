/* batch_run whose strips the caller maps. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch_hooks.h"
#include "cm.h"
#include "pipe/program/run.h"
#include "test_folder.h"

/* Strips of all workers, counted and mapped on the caller's thread. */
typedef struct MapWatch {
    Watch watch;
    pthread_t thread;
    int strips, fail_at, elsewhere;
} MapWatch;

static bool map_strip(void *context, const BatchStrip *strip, Err *err)
{
    MapWatch *watch = context;
    watch->elsewhere += !pthread_equal(pthread_self(), watch->thread);
    if (++watch->strips == watch->fail_at)
        return err_set(err, ERR_SCRIPT, "the strip is too long");
    run_rows(strip->program, strip->in, strip->src, strip->src_stride, strip->dst,
             strip->dst_stride, strip->rows);
    return true;
}

static bool run_mapped(const char *output, MapWatch *watch, BatchReport *report)
{
    BatchHooks hooks = {.plan = hooks_plan,
                        .map = map_strip,
                        .done = hooks_done,
                        .stop = hooks_stop,
                        .context = watch};
    BatchOptions options = hooks_options(output, 3);
    watch->thread = pthread_self();
    assert_true(batch_list(&options, report, NULL));
    bool ran = batch_run(&options, &hooks, report, NULL);
    assert_int_equal(watch->elsewhere, 0);
    assert_int_equal(watch->watch.misreported, 0);
    return ran;
}

static void strips_can_be_mapped_by_the_caller(void **state)
{
    (void)state;
    MapWatch watch = {0};
    Watch native = {0};
    BatchReport report = {0};
    BatchOptions options = hooks_options("native", 3);
    assert_true(hooks_run(&options, &native, &report, NULL));
    batch_report_clear(&report);
    assert_true(run_mapped("mapped", &watch, &report));
    assert_int_equal(report.done, FILES);
    assert_true(watch.strips >= FILES);
    assert_int_equal(system("diff -r native mapped"), 0);
    batch_report_clear(&report);
}

static void a_strip_that_fails_fails_its_file(void **state)
{
    (void)state;
    MapWatch watch = {.fail_at = 3};
    BatchReport report = {0};
    assert_true(run_mapped("strip", &watch, &report));
    assert_int_equal(report.failed, 1);
    assert_int_equal(report.done, FILES - 1);
    for (int i = 0; i < FILES; i++)
        if (report.items[i].state == BATCH_FAILED)
            assert_non_null(strstr(report.items[i].reason, "the strip is too long"));
    batch_report_clear(&report);
}

static void stops_reach_strips_that_wait(void **state)
{
    (void)state;
    for (int stop = 1; stop <= 2; stop++) {
        MapWatch watch = {.watch.stop = stop};
        BatchReport report = {0};
        char output[24];
        snprintf(output, sizeof output, "mapped-stop%d", stop);
        assert_true(run_mapped(output, &watch, &report));
        assert_true(report.left > 0);
        assert_int_equal(report.done + report.left, FILES);
        assert_int_equal(watch.watch.done, report.done);
        assert_int_equal(folder_count(output), report.done);
        batch_report_clear(&report);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strips_can_be_mapped_by_the_caller),
        cmocka_unit_test(a_strip_that_fails_fails_its_file),
        cmocka_unit_test(stops_reach_strips_that_wait),
    };
    return cmocka_run_group_tests(tests, hooks_make_folder, hooks_remove_folder);
}
