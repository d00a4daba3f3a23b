/* batch_run with test hooks: order, stops, failures, any number of jobs. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/look/choices.h"
#include "batch_hooks.h"
#include "cm.h"
#include "test_folder.h"

static void every_file_is_done_in_order(void **state)
{
    (void)state;
    Watch watch = {0};
    BatchReport report = {0};
    Err err = {0};
    BatchOptions options = hooks_options("all", 3);
    if (!hooks_run(&options, &watch, &report, &err))
        fail_msg("%s", err.text);
    assert_int_equal(report.count, FILES);
    assert_int_equal(report.done, FILES);
    assert_int_equal(watch.done, FILES);
    assert_int_equal(watch.plans[8], 1);
    assert_int_equal(watch.plans[16], 1);
    for (int i = 0; i < FILES; i++) {
        assert_string_equal(report.items[i].input, hooks_inputs[i]);
        assert_int_equal(report.items[i].pixels, SIDE * SIDE);
        assert_string_equal(report.items[i].reason, "");
    }
    assert_int_equal(folder_count("all"), FILES);
    batch_report_clear(&report);
}

static void any_number_of_jobs_gives_the_same_files(void **state)
{
    (void)state;
    static const int jobs[] = {1, 2, 8, 99};
    char output[16];
    for (int i = 0; i < 4; i++) {
        Watch watch = {0};
        BatchReport report = {0};
        snprintf(output, sizeof output, "jobs%d", jobs[i]);
        BatchOptions options = hooks_options(output, jobs[i]);
        assert_true(hooks_run(&options, &watch, &report, NULL));
        assert_int_equal(report.done, FILES);
        batch_report_clear(&report);
    }
    assert_int_equal(system("cmp -s jobs1/in00.png in00.png"), 256);
    assert_int_equal(system("diff -r jobs1 jobs2 && diff -r jobs1 jobs8 && "
                            "diff -r jobs1 jobs99"),
                     0);
}

static void one_stop_leaves_the_rest(void **state)
{
    (void)state;
    Watch watch = {.stop = 1};
    BatchReport report = {0};
    BatchOptions options = hooks_options("stopped", 1);
    assert_true(hooks_run(&options, &watch, &report, NULL));
    assert_true(report.left > 0);
    assert_int_equal(report.done + report.left, FILES);
    assert_int_equal(report.failed, 0);
    assert_int_equal(watch.done, report.done);
    assert_int_equal(folder_count("stopped"), report.done);
    batch_report_clear(&report);
}

typedef struct Backlog {
    Watch watch;
    int told;
    bool stopping, heeded;
    int late; /* files reported between the request to stop and its effect */
} Backlog;

static Plan *give_backlog_plan(void *context, int look, int depth,
                               const ColorConversion *after, Err *err)
{
    return hooks_plan(&((Backlog *)context)->watch, look, depth, after, err);
}

/* The second report waits until there are several more. By then both depths have their
 * plans, which the workers wait for. */
static void tell_slowly(void *context, const BatchItem *item, int finished, int total)
{
    Backlog *backlog = context;
    (void)item;
    (void)finished;
    (void)total;
    while (backlog->told == 1 && folder_count("backlog") < FILES / 2)
        sched_yield();
    backlog->late += backlog->stopping && !backlog->heeded;
    backlog->stopping = backlog->told++ > 0;
}

static int stop_when_told(void *context)
{
    Backlog *backlog = context;
    backlog->heeded = backlog->stopping;
    return backlog->stopping;
}

/* A caller that is slow with its reports still notices an interrupt. */
static void a_stop_is_heard_between_news(void **state)
{
    (void)state;
    Backlog backlog = {0};
    BatchReport report = {0};
    BatchOptions options = hooks_options("backlog", 1);
    BatchHooks hooks = {.plan = give_backlog_plan,
                        .done = tell_slowly,
                        .stop = stop_when_told,
                        .context = &backlog};
    options.sync = "none";
    assert_true(batch_list(&options, &report, NULL));
    assert_true(batch_run(&options, &hooks, &report, NULL));
    assert_int_equal(backlog.late, 0);
    assert_int_equal(backlog.told, report.done);
    batch_report_clear(&report);
}

typedef struct Looks {
    Watch watch;
    bool asked[FILES]; /* by the number of the look */
    int chosen;        /* files, in their order */
    int fatal;         /* the file whose choice ends the run; -1: none */
} Looks;

static Plan *give_look_plan(void *context, int look, int depth,
                            const ColorConversion *after, Err *err)
{
    Looks *looks = context;
    looks->asked[look] = true;
    return hooks_plan(&looks->watch, 0, depth, after, err);
}

/* Each third file fails, and each fourth has its plan. */
static bool choose_look(void *context, const BatchItem *item, BatchLook *look, Err *err)
{
    Looks *looks = context;
    const int index = item->index;
    if (index != looks->chosen++ || strcmp(item->input, hooks_inputs[index]) != 0)
        return err_set(err, ERR_SCRIPT, "out of order");
    if (index == looks->fatal)
        return err_set(err, ERR_SCRIPT, "the script failed");
    if (index % 3 == 2)
        return err_set(err, ERR_FILE, "not this one");
    look->number = index;
    if (index % 4 == 0)
        look->plan = hooks_plan(&looks->watch, 0, index % 3 == 0 ? 16 : 8, NULL, err);
    return true;
}

static void count_look(void *context, const BatchItem *item, int finished, int total)
{
    hooks_done(&((Looks *)context)->watch, item, finished, total);
}

static bool run_looks(Looks *looks, const char *output, int jobs, BatchReport *report,
                      Err *err)
{
    BatchOptions options = hooks_options(output, jobs);
    BatchHooks hooks = {.plan = give_look_plan,
                        .choose = choose_look,
                        .done = count_look,
                        .context = looks};
    return batch_list(&options, report, err) &&
           batch_run(&options, &hooks, report, err);
}

static void files_have_looks_of_their_own(void **state)
{
    (void)state;
    for (int jobs = 1; jobs <= 4; jobs += 3) {
        Looks looks = {.fatal = -1};
        BatchReport report = {0};
        assert_true(
            run_looks(&looks, jobs == 1 ? "looks1" : "looks4", jobs, &report, NULL));
        assert_int_equal(looks.watch.misreported, 0);
        assert_int_equal(looks.chosen, FILES);
        assert_int_equal(report.done, FILES - FILES / 3);
        assert_int_equal(report.failed, FILES / 3);
        assert_string_equal(report.items[2].reason, "in02.png: not this one");
        for (int i = 0; i < FILES; i++)
            assert_int_equal(looks.asked[i], i % 3 != 2 && i % 4 != 0);
        batch_report_clear(&report);
    }
}

/* Files that need not be done are passed over. */
static void looks_are_chosen_a_few_files_ahead(void **state)
{
    (void)state;
    Looks looks = {.fatal = -1};
    BatchHooks hooks = {.choose = choose_look, .context = &looks};
    BatchItem items[FILES] = {0};
    BatchLock lock;
    Err fatal = {0}, err = {0};
    for (int i = 0; i < FILES; i++)
        items[i] = (BatchItem){.input = hooks_inputs[i],
                               .index = i,
                               .state = i < FILES - 2 ? BATCH_LEFT : BATCH_SKIPPED};
    Choices choices = {.batch_lock = &lock,
                       .hooks = &hooks,
                       .items = items,
                       .count = FILES,
                       .ahead = 3};
    batch_lock_init(&lock);
    choices_init(&choices);
    for (int taken = 0; taken < FILES; taken++) {
        while (choices_step(&choices, taken, &fatal))
            ;
        int most = taken + 3 < FILES - 2 ? taken + 3 : FILES - 2;
        assert_int_equal(looks.chosen, most);
    }
    assert_int_equal(choices_get(&choices, 1, &err)->number, 1);
    assert_null(choices_get(&choices, 2, &err));
    assert_int_equal(err.kind, ERR_FILE);
    choices_close(&choices);
    assert_null(choices_get(&choices, FILES - 1, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    choices_term(&choices);
    batch_lock_term(&lock);
}

static void a_choice_can_end_the_run(void **state)
{
    (void)state;
    for (int fatal = 0; fatal < 6; fatal += 5) {
        Looks looks = {.fatal = fatal};
        BatchReport report = {0};
        Err err = {0};
        assert_false(run_looks(&looks, fatal ? "fatal5" : "fatal0", 2, &report, &err));
        assert_string_equal(err.text, "the script failed");
        assert_int_equal(report.items[fatal].state, BATCH_LEFT);
        assert_int_equal(looks.chosen, fatal + 1);
        batch_report_clear(&report);
    }
}

/* Dropped files and finished files race, so the run is repeated. */
static void two_stops_leave_no_trace(void **state)
{
    (void)state;
    char output[16];
    for (int i = 0; i < 8; i++) {
        Watch watch = {.stop = 2};
        BatchReport report = {0};
        snprintf(output, sizeof output, "dropped%d", i);
        BatchOptions options = hooks_options(output, 2);
        assert_true(hooks_run(&options, &watch, &report, NULL));
        assert_int_equal(report.done + report.left, FILES);
        assert_int_equal(watch.done, report.done);
        assert_int_equal(folder_count(output), report.done);
        batch_report_clear(&report);
    }
}

static void a_broken_look_ends_the_run(void **state)
{
    (void)state;
    Watch watch = {.fail_plan = true};
    BatchReport report = {0};
    Err err = {0};
    BatchOptions options = hooks_options("broken", 4);
    assert_false(hooks_run(&options, &watch, &report, &err));
    assert_int_equal(err.kind, ERR_SCRIPT);
    assert_string_equal(err.text, "the look is broken");
    assert_int_equal(report.count, FILES);
    assert_int_equal(report.left, FILES);
    assert_string_equal(report.items[1].output, "broken/in01.png");
    assert_int_equal(folder_count("broken"), 0);
    batch_report_clear(&report);
}

static void a_bad_file_leaves_the_others_alone(void **state)
{
    (void)state;
    const char *some[FILES];
    for (int fail_fast = 0; fail_fast < 2; fail_fast++) {
        Watch watch = {0};
        BatchReport report = {0};
        memcpy(some, hooks_inputs, sizeof some);
        some[1] = "gone.png";
        BatchOptions options = hooks_options(fail_fast ? "fast" : "slow", 1);
        options.inputs = some;
        options.fail_fast = fail_fast;
        assert_true(hooks_run(&options, &watch, &report, NULL));
        assert_int_equal(report.failed, 1);
        assert_int_equal(report.items[1].state, BATCH_FAILED);
        assert_string_equal(report.items[1].reason,
                            "gone.png: No such file or directory");
        assert_int_equal(report.done, fail_fast ? 1 : FILES - 1);
        assert_int_equal(report.left, fail_fast ? FILES - 2 : 0);
        batch_report_clear(&report);
    }
}

static void a_dry_run_writes_nothing(void **state)
{
    (void)state;
    Watch watch = {0};
    BatchReport report = {0};
    BatchOptions options = hooks_options("dry", 2);
    options.dry_run = true;
    assert_true(hooks_run(&options, &watch, &report, NULL));
    assert_int_equal(report.done, FILES);
    assert_int_equal(watch.done, FILES);
    assert_int_equal(watch.plans[8], 0);
    assert_string_equal(report.items[3].output, "dry/in03.png");
    assert_int_equal(access("dry", F_OK), -1);
    batch_report_clear(&report);
}

static void nothing_to_do_is_refused(void **state)
{
    (void)state;
    Watch watch = {0};
    BatchReport report = {0};
    Err err = {0};
    BatchOptions options = hooks_options("out", 0);
    options.n_inputs = 0;
    assert_false(hooks_run(&options, &watch, &report, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_int_equal(report.count, 0);
    batch_report_clear(&report);
    options = hooks_options("", 0);
    assert_false(hooks_run(&options, &watch, &report, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    batch_report_clear(&report);
}

static void what_clashes_is_listed(void **state)
{
    (void)state;
    Watch watch = {0};
    BatchReport report = {0};
    Err err = {0};
    BatchOptions options = hooks_options("clash/same{ext}", 0);
    assert_false(hooks_run(&options, &watch, &report, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_int_equal(report.left, FILES);
    batch_report_clear(&report);
    options = hooks_options("listed", 0);
    assert_true(batch_list(&options, &report, &err));
    assert_int_equal(report.left, FILES);
    assert_string_equal(report.items[2].reason, "");
    assert_int_equal(folder_count("listed"), 0);
    batch_report_clear(&report);
}

static void a_cancel_ends_the_listing(void **state)
{
    (void)state;
    BatchReport report = {0};
    Err err = {0};
    BatchOptions options = hooks_options("unlisted", 0);
    Cancel cancel = {0};
    cancel_set(&cancel, CANCEL_STOPPED);
    options.cancel = &cancel;
    assert_false(batch_list(&options, &report, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    assert_int_equal(report.left, 0);
    batch_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_done_in_order),
        cmocka_unit_test(any_number_of_jobs_gives_the_same_files),
        cmocka_unit_test(one_stop_leaves_the_rest),
        cmocka_unit_test(a_cancel_ends_the_listing),
        cmocka_unit_test(a_stop_is_heard_between_news),
        cmocka_unit_test(files_have_looks_of_their_own),
        cmocka_unit_test(looks_are_chosen_a_few_files_ahead),
        cmocka_unit_test(a_choice_can_end_the_run),
        cmocka_unit_test(two_stops_leave_no_trace),
        cmocka_unit_test(a_broken_look_ends_the_run),
        cmocka_unit_test(a_bad_file_leaves_the_others_alone),
        cmocka_unit_test(a_dry_run_writes_nothing),
        cmocka_unit_test(nothing_to_do_is_refused),
        cmocka_unit_test(what_clashes_is_listed),
    };
    return cmocka_run_group_tests(tests, hooks_make_folder, hooks_remove_folder);
}
