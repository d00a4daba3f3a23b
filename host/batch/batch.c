#include "batch/batch.h"

#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/thread/thread.h"
#include "batch/file/target.h"
#include "batch/journal/journal_place.h"
#include "batch/journal/resume.h"
#include "batch/listing.h"
#include "batch/worker.h"

enum {
    POLL_MS = 50,
    FILES_PER_WORKER = 5,       /* input, result, that once more while it is flushed;
                                   one that waits for the disk, and what it replaces */
    FILES_PER_SIDECAR = 3,      /* source, copy, that once more */
    AHEAD_PER_WORKER = 2,       /* files whose looks are chosen ahead */
    FILES_ASIDE = 12,           /* folders, and the script's files */
    BYTES_PER_WORKER = 8 << 20, /* a stack, strips and a codec */
};

static bool syncs(const BatchOptions *options)
{
    return !options->sync || strcmp(options->sync, "none") != 0;
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
            .index = i,
            .elsewhere = file->elsewhere,
            .reason = file->reason ? file->reason : mem_dup(""),
            .note = mem_dup(""),
            .exists = file->exists,
            .replaces = file->replaces,
            .bytes = file->size,
            .state = file->reason    ? BATCH_FAILED
                     : file->skipped ? BATCH_SKIPPED
                                     : BATCH_LEFT,
        };
        *file = (BatchFile){0};
    }
    return items;
}

/* No worker begins another file. */
static void stop_turns(Work *work)
{
    pthread_mutex_lock(&work->batch_lock.lock);
    worker_stop(work);
    pthread_mutex_unlock(&work->batch_lock.lock);
}

/* Drop the files that are being developed. */
static void drop_files(Work *work)
{
    stop_turns(work);
    dispatch_cancel(work->caller.dispatch, &work->cancel, CANCEL_STOPPED);
}

static void drop_commits(Work *work)
{
    pthread_mutex_lock(&work->batch_lock.lock);
    commits_drop(&work->commits);
    pthread_mutex_unlock(&work->batch_lock.lock);
}

static void heed_stop(Work *work)
{
    const BatchHooks *hooks = work->caller.hooks;
    int stop = hooks->stop ? hooks->stop(hooks->context) : 0;
    if (stop)
        stop_turns(work);
    if (stop > 1) {
        drop_commits(work);
        drop_files(work);
    }
}

/* Is any file in work, or not yet told to the caller? */
static bool is_busy(Work *work)
{
    pthread_mutex_lock(&work->batch_lock.lock);
    bool busy = work->running || work->told < work->n_finished;
    pthread_mutex_unlock(&work->batch_lock.lock);
    return busy;
}

/* Choose the look of one file more. False: it is not time yet. */
static bool choose_ahead(Work *work)
{
    pthread_mutex_lock(&work->batch_lock.lock);
    int taken = work->queue.next;
    bool stopping = work->queue.stopping;
    pthread_mutex_unlock(&work->batch_lock.lock);
    return !stopping && !work->caller.err.kind &&
           choices_step(&work->choices, taken, &work->caller.err);
}

/* The caller's part while the workers work. A failed plan ends it. */
static void attend(Work *work)
{
    while (is_busy(work)) {
        bool chosen = choose_ahead(work);
        dispatch_process(work->caller.dispatch, chosen ? 0 : POLL_MS);
        if (work->caller.err.kind)
            drop_files(work);
        heed_stop(work);
    }
}

static int thread_count(const BatchOptions *options)
{
    return options->jobs ? options->jobs : thread_cpus();
}

/* As many workers as the options and the files allow, and open files and memory. */
static int worker_count(const BatchOptions *options, int count)
{
    if (count <= 1)
        return 1;
    int wanted = thread_count(options);
    int each = FILES_PER_WORKER + (options->sidecars ? FILES_PER_SIDECAR : 0);
    int files = (limits_raise_files() - FILES_ASIDE) / each;
    uint64_t memory = limits_memory("") / BYTES_PER_WORKER;
    if (wanted > count)
        wanted = count;
    if (wanted > files)
        wanted = files;
    if (wanted > 0 && (uint64_t)wanted > memory)
        wanted = (int)memory;
    return wanted > 0 ? wanted : 1;
}

/* Fewer threads than wanted are enough; none is a failure. If there are fewer files
 * than threads, the others wait to help. */
static int start_workers(Work *work, pthread_t *threads, int wanted, Err *err)
{
    int started = 0;
    pthread_mutex_lock(&work->batch_lock.lock);
    while (started < wanted &&
           thread_start_small(&threads[started], "lutist-batch", worker_main, work,
                              started ? NULL : err))
        started++;
    work->running = work->queue.at_work = started;
    int more = thread_count(work->options) - wanted;
    work->spare = spare_threads_new(started, work->count <= wanted ? more : 0);
    pthread_mutex_unlock(&work->batch_lock.lock);
    return started;
}

static bool work_through(Work *work, int workers, Err *err)
{
    pthread_t *threads = mem_new((size_t)workers, sizeof *threads);
    commits_start(&work->commits);
    int started = start_workers(work, threads, workers, err);
    if (started)
        attend(work);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    spare_threads_free(work->spare);
    commits_finish(&work->commits);
    mem_free(threads);
    if (started && work->caller.err.kind)
        *err = work->caller.err;
    return started && !work->caller.err.kind;
}

/* One worker has one file in work, whatever the budget is. */
static uint64_t budget_of(const BatchOptions *options, int workers)
{
    if (options->memory || workers == 1)
        return options->memory;
    return limits_memory("") / 2;
}

static void work_init(Work *work, BatchReport *report, const BatchOptions *options,
                      const BatchHooks *hooks, int workers)
{
    BatchLock *batch_lock = &work->batch_lock;
    work->options = options;
    work->count = report->count;
    work->items = report->items;
    work->finished = mem_new((size_t)report->count, sizeof *work->finished);
    work->folders = folders_new(syncs(options), report->claims);
    temp_list_init(&work->temps);
    batch_lock_init(batch_lock);
    work_queue_init(&work->queue, batch_lock, report->count);
    caller_init(&work->caller, hooks, &work->cancel);
    work->programs = (ProgramCache){
        .batch_lock = batch_lock, .caller = &work->caller, .target = options->convert};
    work->choices = (Choices){.batch_lock = batch_lock,
                              .hooks = hooks,
                              .items = report->items,
                              .count = report->count,
                              .ahead = AHEAD_PER_WORKER * workers};
    choices_init(&work->choices);
    work->budget.batch_lock = batch_lock;
    work->budget.total = budget_of(options, workers);
    work->budget.refuses = limits_refuse("");
    work->commits = (Commits){
        .batch_lock = batch_lock,
        .claims = work->claims,
        .settle = worker_settle,
        .note = worker_note,
        .before = worker_wait,
        .context = work,
        .sync = syncs(options),
        .room = workers,
    };
}

static void work_term(Work *work)
{
    folders_free(work->folders);
    caller_term(&work->caller);
    program_cache_term(&work->programs);
    choices_term(&work->choices);
    work_queue_term(&work->queue);
    batch_lock_term(&work->batch_lock);
    temp_list_term(&work->temps);
    mem_free(work->finished);
}

static void set_in_work(BatchReport *report, Work *work)
{
    pthread_mutex_lock(&report->lock);
    report->work = work;
    pthread_mutex_unlock(&report->lock);
}

/* Sync the folders, so that complete files keep their names however the run ends. */
static bool run_items(BatchReport *report, const BatchOptions *options,
                      const BatchHooks *hooks, Resume *resume, Err *err)
{
    char *start = folder_working();
    int workers = worker_count(options, report->count);
    Work work = {.start = start, .claims = report->claims, .resume = resume};
    Err unsynced = {0};
    mem_spare_addresses();
    work_init(&work, report, options, hooks, workers);
    set_in_work(report, &work);
    bool fine = work_through(&work, workers, err);
    bool synced = folders_sync(work.folders, &unsynced);
    if (fine && !synced)
        *err = unsynced;
    if (work.stopped && work.n_finished < work.count)
        report->stopped = mem_printf("%s, %d files in a row: the rest is left",
                                     strerror(work.stopped), MOST_REFUSED);
    set_in_work(report, NULL);
    work_term(&work);
    mem_free(start);
    return fine && synced;
}

/* The listing did not know yet which files the look reads. */
static void check_guard(BatchItem *item, Claims *claims)
{
    Err why;
    OutfileRules rules = {.overwrite = true, .guard = claims_guard, .context = claims};
    if (outfile_check(item->output, &rules, &why))
        return;
    item->state = BATCH_FAILED;
    mem_free((void *)item->reason);
    item->reason = mem_dup(why.text);
}

/* What a worker does with the look of a file. False: the run ends. */
static bool pretend_choice(BatchItem *item, int index, const BatchHooks *hooks,
                           Resume *resume, Err *err)
{
    BatchLook look = {0};
    Err why = {0};
    bool chosen = hooks->choose(hooks->context, item, &look, &why);
    if (chosen && resume)
        resume_choose(resume, index, look.words);
    item->look = look.number;
    plan_unref(&look.plan);
    mem_free(look.words);
    if (chosen)
        return true;
    if (!choices_is_of_file(&why)) {
        *err = why;
        return false;
    }
    item->state = BATCH_FAILED;
    mem_free((void *)item->reason);
    item->reason = mem_dup(why.text);
    return true;
}

/* A dry run: every file counts as done, and nothing is written. */
static bool pretend(BatchReport *report, bool overwrite, const BatchHooks *hooks,
                    Resume *resume, Err *err)
{
    for (int i = 0; i < report->count; i++) {
        BatchItem *item = &report->items[i];
        if (item->state == BATCH_LEFT && hooks->choose &&
            !pretend_choice(item, i, hooks, resume, err))
            return false;
        if (item->state == BATCH_LEFT && (overwrite || item->replaces))
            check_guard(item, report->claims);
        if (item->state == BATCH_LEFT)
            item->state = BATCH_DONE;
        if (hooks->done)
            hooks->done(hooks->context, item, i + 1, report->count);
    }
    return true;
}

bool batch_list(const BatchOptions *options, BatchReport *report, Err *err)
{
    double start = thread_clock_ms();
    InputList list = {.cancel = options->cancel};
    report->claims = claims_new();
    bool fine = listing_make(&list, report->claims, options, err);
    report->items = new_items(&list);
    report->count = list.count;
    inputs_clear(&list);
    batch_report_count(report);
    report->ms = thread_clock_ms() - start;
    return fine;
}

/* Is `path` another file than the journal? Where that lies is asked again when it is
 * opened, which tells why it lies nowhere. */
static bool spares_journal(const BatchOptions *options, const char *path, Err *err)
{
    Err untold;
    Target journal, other;
    char *name = options->resume ? journal_place_own(options, &untold) : NULL;
    bool spares = true;
    if (name && target_find(&journal, name, NULL, &untold)) {
        if (target_find(&other, path, NULL, &untold)) {
            CaseProbe probe = listing_probe(options);
            spares = !target_is_same(&journal, &other, probe.folds, probe.may_write);
            target_term(&other);
        }
        target_term(&journal);
    }
    mem_free(name);
    return spares || err_set(err, ERR_USAGE, "%s: is the journal (--journal)", path);
}

bool batch_spares(const BatchOptions *options, const BatchReport *report,
                  const char *path, Err *err)
{
    InputList list = {.count = report->count};
    list.files = mem_new((size_t)list.count, sizeof *list.files);
    for (int i = 0; i < list.count; i++) { /* borrowed */
        const BatchItem *item = &report->items[i];
        list.files[i].input = (char *)item->input;
        list.files[i].output = item->output[0] ? (char *)item->output : NULL;
    }
    bool spares = output_conflicts_beside(&list, path, listing_probe(options),
                                          report->claims, err) &&
                  spares_journal(options, path, err);
    mem_free(list.files);
    return spares;
}

static bool is_stopped(void *context)
{
    const BatchHooks *hooks = context;
    return hooks->stop && hooks->stop(hooks->context);
}

/* *resume stays NULL where nothing is to be remembered. */
static bool carry_on(BatchReport *report, const BatchOptions *options,
                     const BatchHooks *hooks, Resume **resume, Err *err)
{
    if (!options->resume)
        return true;
    char *words = NULL, *look = hooks->look(hooks->context, &words, err);
    if (!look)
        return false;
    *resume = resume_begin(&(ResumeWish){.options = options,
                                         .items = report->items,
                                         .count = report->count,
                                         .claims = report->claims,
                                         .look = look,
                                         .words = words,
                                         .sync = syncs(options),
                                         .late = hooks->choose,
                                         .is_stopped = is_stopped,
                                         .context = (void *)hooks},
                           err);
    mem_free(look);
    mem_free(words);
    return *resume;
}

/* The files that are to be done are known now. */
static void tell_begin(BatchReport *report, const BatchHooks *hooks)
{
    uint64_t bytes = 0;
    for (int i = 0; i < report->count; i++) {
        BatchItem *item = &report->items[i];
        if (item->state != BATCH_LEFT)
            item->bytes = 0;
        bytes += item->bytes;
    }
    if (hooks->begin)
        hooks->begin(hooks->context, report->count, bytes);
}

bool batch_run(const BatchOptions *options, const BatchHooks *hooks,
               BatchReport *report, Err *err)
{
    double start = thread_clock_ms();
    Resume *resume = NULL;
    batch_report_keep_part(report);
    bool fine = carry_on(report, options, hooks, &resume, err);
    if (fine)
        tell_begin(report, hooks);
    if (fine && options->dry_run)
        fine = pretend(report, options->overwrite, hooks, resume, err);
    else if (fine)
        fine = run_items(report, options, hooks, resume, err);
    if (resume)
        resume_conclude(resume);
    resume_end(resume);
    batch_report_count(report);
    report->ms += thread_clock_ms() - start;
    return fine;
}

static bool has_workers(Work *work)
{
    pthread_mutex_lock(&work->batch_lock.lock);
    bool any = work->running > 0;
    pthread_mutex_unlock(&work->batch_lock.lock);
    return any;
}

void batch_abandon(BatchReport *report, int ms)
{
    const struct timespec pause = {.tv_nsec = 2000000};
    double end = thread_clock_ms() + ms;
    pthread_mutex_lock(&report->lock);
    Work *work = report->work;
    pthread_mutex_unlock(&report->lock);
    if (!work)
        return;
    drop_files(work);
    while (has_workers(work) && thread_clock_ms() < end)
        nanosleep(&pause, NULL);
    worker_tell_all(work);
    temp_list_drop(&work->temps);
}

void batch_drop_temps(BatchReport *report)
{
    pthread_mutex_lock(&report->lock);
    if (report->work)
        temp_list_drop(&report->work->temps);
    pthread_mutex_unlock(&report->lock);
}
