#include "batch/batch.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/thread.h"
#include "batch/clash.h"
#include "batch/inputs.h"
#include "batch/outputs.h"
#include "batch/worker.h"

enum { POLL_MS = 50 };

static bool list_files(InputList *list, const BatchOptions *options, Claims *claims,
                       Err *err)
{
    if (!options->n_inputs)
        return err_set(err, ERR_USAGE, "there is no input");
    if (!options->output || !*options->output)
        return err_set(err, ERR_USAGE, "there is no output");
    inputs_expand(list, options->inputs, options->n_inputs, options->recursive,
                  outputs_folder(options));
    if (!outputs_name(list, options, err) || !clash_outputs(list, err))
        return false;
    clash_files(list, options->overwrite, claims);
    return true;
}

/* The strings move from the list to the items. */
static BatchItem *new_items(InputList *list)
{
    BatchItem *items = mem_new((size_t)list->count, sizeof *items);
    for (int i = 0; i < list->count; i++) {
        BatchFile *file = &list->files[i];
        items[i] = (BatchItem){
            .input = file->input,
            .output = file->output ? file->output : mem_dup(""),
            .reason = file->reason,
            .state = file->reason ? BATCH_FAILED : BATCH_LEFT,
        };
        *file = (BatchFile){0};
    }
    return items;
}

static void monitor_init(Monitor *monitor)
{
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&monitor->lock, NULL);
    pthread_cond_init(&monitor->caller, &clock);
    pthread_cond_init(&monitor->workers, NULL);
    pthread_condattr_destroy(&clock);
}

static void monitor_term(Monitor *monitor)
{
    pthread_mutex_destroy(&monitor->lock);
    pthread_cond_destroy(&monitor->caller);
    pthread_cond_destroy(&monitor->workers);
}

static void wait_for_workers(Monitor *monitor)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += POLL_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&monitor->caller, &monitor->lock, &until);
}

static void tell(const BatchHooks *hooks, const BatchItem *item, int finished,
                 int total)
{
    if (hooks->done)
        hooks->done(hooks->context, item, finished, total);
}

/* Do what the stop hook says. With the lock held, which is left during the hook. */
static void heed_stop(Work *work, const BatchHooks *hooks)
{
    if (!hooks->stop)
        return;
    pthread_mutex_unlock(&work->monitor.lock);
    int stop = hooks->stop(hooks->context);
    pthread_mutex_lock(&work->monitor.lock);
    if (stop)
        work->stopping = true;
    if (stop > 1) {
        cancel_set(&work->cancel);
        looks_close(&work->looks);
        maps_close(&work->maps);
    }
}

/* A plan that cannot be had ends everything. With the lock held. */
static bool serve_plan(Work *work, const BatchHooks *hooks)
{
    if (!looks_serve(&work->looks, hooks))
        return false;
    if (work->looks.failed) {
        work->stopping = true;
        cancel_set(&work->cancel);
    }
    return true;
}

/* Strips may keep the caller busy without a pause: it looks up after each. With the
 * lock held, which is left during the hooks. */
static bool serve_map(Work *work, const BatchHooks *hooks)
{
    if (!maps_serve(&work->maps, hooks))
        return false;
    heed_stop(work, hooks);
    return true;
}

/* Pass on one more finished item. With the lock held, which is left during the hook. */
static bool tell_next(Work *work, const BatchHooks *hooks, int *told)
{
    if (*told == work->n_finished)
        return false;
    const BatchItem *item = &work->items[work->finished[(*told)++]];
    pthread_mutex_unlock(&work->monitor.lock);
    tell(hooks, item, *told, work->count);
    pthread_mutex_lock(&work->monitor.lock);
    return true;
}

/* The caller's part while the workers work: plans, strips, news, stopping. */
static void attend(Work *work, const BatchHooks *hooks)
{
    int told = 0;
    pthread_mutex_lock(&work->monitor.lock);
    for (;;) {
        if (serve_plan(work, hooks) || tell_next(work, hooks, &told) ||
            serve_map(work, hooks))
            continue;
        if (!work->running)
            break;
        wait_for_workers(&work->monitor);
        heed_stop(work, hooks);
    }
    pthread_mutex_unlock(&work->monitor.lock);
}

static int worker_count(const Work *work)
{
    int wanted = work->options->jobs ? work->options->jobs : thread_cpus();
    return wanted < work->count ? wanted : work->count;
}

/* Fewer threads than wanted will do; none will not. */
static int start_workers(Work *work, pthread_t *threads, int wanted, Err *err)
{
    int started = 0;
    work->running = wanted;
    while (started < wanted &&
           thread_start(&threads[started], "lutist-batch", worker_main, work, err))
        started++;
    pthread_mutex_lock(&work->monitor.lock);
    work->running -= wanted - started;
    pthread_mutex_unlock(&work->monitor.lock);
    return started;
}

static bool work_through(Work *work, const BatchHooks *hooks, Err *err)
{
    int wanted = worker_count(work);
    pthread_t *threads = mem_new((size_t)wanted, sizeof *threads);
    int started = start_workers(work, threads, wanted, err);
    if (started)
        attend(work, hooks);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    mem_free(threads);
    if (started && work->looks.err.kind)
        *err = work->looks.err;
    return started && !work->looks.err.kind;
}

static bool run_items(BatchItem *items, int count, const BatchOptions *options,
                      const BatchHooks *hooks, Claims *claims, Err *err)
{
    char *start = getcwd(NULL, 0);
    Work work = {
        .options = options,
        .start = start ? start : "",
        .count = count,
        .items = items,
        .finished = mem_new((size_t)count, sizeof *work.finished),
        .folders = folders_new(true),
        .claims = claims,
    };
    monitor_init(&work.monitor);
    work.looks.monitor = &work.monitor;
    work.maps = (Maps){.monitor = &work.monitor, .hooked = hooks->map != NULL};
    bool fine = work_through(&work, hooks, err) && folders_sync(work.folders, err);
    folders_free(work.folders);
    looks_term(&work.looks);
    monitor_term(&work.monitor);
    mem_free(work.finished);
    mem_free(start);
    return fine;
}

/* What would be done, without doing it. */
static void pretend(BatchItem *items, int count, const BatchHooks *hooks)
{
    for (int i = 0; i < count; i++) {
        if (items[i].state != BATCH_FAILED)
            items[i].state = BATCH_DONE;
        tell(hooks, &items[i], i + 1, count);
    }
}

/* Counts and fills what is missing; once more does no harm. */
static void summarize(BatchReport *report)
{
    report->done = report->failed = report->left = 0;
    for (int i = 0; i < report->count; i++) {
        BatchItem *item = &report->items[i];
        report->done += item->state == BATCH_DONE;
        report->failed += item->state == BATCH_FAILED;
        report->left += item->state == BATCH_LEFT;
        if (!item->reason)
            item->reason = mem_dup("");
        if (!item->note)
            item->note = mem_dup("");
    }
}

/* Also on failure the items are those that are known. */
static bool list_items(BatchReport *report, const BatchOptions *options, Claims *claims,
                       Err *err)
{
    InputList list = {0};
    bool fine = list_files(&list, options, claims, err);
    *report = (BatchReport){.items = new_items(&list), .count = list.count};
    inputs_clear(&list);
    return fine;
}

bool batch_list(const BatchOptions *options, BatchReport *report, Err *err)
{
    Claims *claims = claims_new();
    bool fine = list_items(report, options, claims, err);
    claims_free(claims);
    summarize(report);
    return fine;
}

bool batch_run(const BatchOptions *options, const BatchHooks *hooks,
               BatchReport *report, Err *err)
{
    double start = thread_clock_ms();
    Claims *claims = claims_new();
    bool fine = list_items(report, options, claims, err);
    if (fine && options->dry_run)
        pretend(report->items, report->count, hooks);
    else if (fine)
        fine = run_items(report->items, report->count, options, hooks, claims, err);
    claims_free(claims);
    summarize(report);
    report->ms = thread_clock_ms() - start;
    return fine;
}

void batch_report_clear(BatchReport *report)
{
    for (int i = 0; i < report->count; i++) {
        mem_free((void *)report->items[i].input);
        mem_free((void *)report->items[i].output);
        mem_free((void *)report->items[i].reason);
        mem_free((void *)report->items[i].note);
    }
    mem_free(report->items);
    *report = (BatchReport){0};
}
