#include "batch/worker.h"

#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "batch/along/sidecars.h"
#include "batch/develop_file.h"

void worker_stop(Work *work)
{
    work_queue_stop(&work->queue);
    choices_close(&work->choices);
    budget_close(&work->budget);
}

/* Other workers free the resource when their files are done. */
static bool is_shortage(const Err *err)
{
    return err->code == EMFILE || err->code == ENFILE || err->code == ENOMEM;
}

static bool is_refused(int code)
{
    return code == ENOSPC || code == EDQUOT || code == EROFS;
}

/* With the lock held. */
static void note_done(Work *work)
{
    work->refused = 0;
    work_queue_note_done(&work->queue);
}

/* With the lock held. */
static void note_failed(Work *work, int code)
{
    bool stop = work->options->fail_fast;
    if (is_refused(code) && ++work->refused == MOST_REFUSED) {
        work->stopped = code;
        stop = true;
    }
    if (stop)
        worker_stop(work);
}

/* `code` is the errno of a failure. With the lock held. */
static void put(Work *work, int index, int code)
{
    work->finished[work->n_finished++] = index;
    if (work->items[index].state == BATCH_FAILED)
        note_failed(work, code);
    else
        note_done(work);
}

/* Messages show a path as the user gave it, not the absolute path that was opened: of
 * `given`, and of what lies beside it. */
static void show_as_given(Err *err, const Work *work, const char *given)
{
    char *opened = path_join(work->start, given);
    size_t folder = (size_t)(path_name(opened) - opened);
    const char *name = err->text + folder;
    int code = err->code;
    if (strncmp(err->text, opened, folder) == 0 && name[strcspn(name, "/:")] == ':')
        err_set(err, err->kind, "%.*s%s", (int)(path_name(given) - given), given, name);
    err->code = code;
    mem_free(opened);
}

/* New string: the reason of a failure. */
static char *reason_of(const Work *work, const BatchItem *item, const Err *why)
{
    Err err = *why;
    show_as_given(&err, work, item->input);
    show_as_given(&err, work, item->output);
    if (!strstr(err.text, item->output))
        err_in(&err, item->input);
    return mem_dup(err.text);
}

/* The oldest finished item that the caller has not heard of; NULL: none. */
static const BatchItem *next_news(Work *work)
{
    const BatchItem *item = NULL;
    pthread_mutex_lock(&work->batch_lock.lock);
    if (work->told < work->n_finished)
        item = &work->items[work->finished[work->told++]];
    pthread_mutex_unlock(&work->batch_lock.lock);
    return item;
}

/* False: there is no news. */
static bool tell_one(Work *work)
{
    const BatchHooks *hooks = work->caller.hooks;
    const BatchItem *item = next_news(work);
    if (item && hooks->done)
        hooks->done(hooks->context, item, work->told, work->count);
    return item != NULL;
}

void worker_tell_all(Work *work)
{
    while (tell_one(work))
        ;
}

static void post_news(Work *work);

/* On the caller's thread. One item a turn, so that strips and stops are served between.
 */
static void tell_news(void *data)
{
    Work *work = data;
    if (tell_one(work))
        post_news(work);
}

static void post_news(Work *work)
{
    const DispatchItem item = {.run = tell_news, .data = work};
    dispatch_post_newest(work->caller.dispatch, work->finished, &item);
}

static void replace(const char **text, char *by)
{
    mem_free((void *)*text);
    *text = by;
}

static void add_note(BatchItem *item, const char *text)
{
    if (text[0])
        replace(&item->note,
                item->note[0] ? mem_printf("%s; %s", item->note, text) : mem_dup(text));
}

static bool copy_sidecars(Work *work, BatchItem *item, Err *err)
{
    char *input = path_join(work->start, item->input);
    char *output = path_join(work->start, item->output);
    Notes notes = {0};
    Sidecars task = {
        .input = input,
        .output = output,
        .name = item->input,
        .folders = work->folders,
        .claims = work->claims,
        .copies = work->resume ? resume_copies(work->resume) : NULL,
        .temps = &work->temps,
        .overwrite = work->options->overwrite,
        .sync = work->commits.sync,
        .keep_times = work->options->keep_times,
    };
    bool copied = sidecars_copy(&task, &notes, err);
    add_note(item, notes.text);
    mem_free(input);
    mem_free(output);
    return copied;
}

bool worker_note(void *context, const Commit *commit, Err *err)
{
    Work *work = context;
    if (work->options->sidecars &&
        !copy_sidecars(work, &work->items[commit->index], err))
        return false;
    return !work->resume ||
           resume_note_done(work->resume, commit->index, commit->out, err);
}

bool worker_wait(void *context, const Commit *commit, Err *err)
{
    const Work *work = context;
    return !work->resume || resume_wait(work->resume, commit->index, err);
}

/* A dropped file leaves nothing behind. Only the report names it; the hook is not
 * called. */
void worker_settle(void *context, int index, const Err *err)
{
    Work *work = context;
    BatchItem *item = &work->items[index];
    bool failed = err && err->kind != ERR_CANCELLED;
    char *reason = failed ? reason_of(work, item, err) : NULL;
    if (failed && work->resume)
        resume_note_failed(work->resume, index, reason);
    pthread_mutex_lock(&work->batch_lock.lock);
    if (err)
        item->pixels = 0;
    if (failed)
        replace(&item->reason, reason);
    if (!err || failed) {
        item->state = failed ? BATCH_FAILED : BATCH_DONE;
        put(work, index, err ? err->code : 0);
    }
    pthread_mutex_unlock(&work->batch_lock.lock);
    post_news(work);
}

/* What may be replaced, and who is asked about it. */
static void set_rules(Work *work, int index, FileTask *task)
{
    bool resumes = work->resume;
    task->save.overwrite = work->options->overwrite || work->items[index].replaces;
    task->save.temps = &work->temps;
    task->save.guard = resumes ? resume_guard_fn : claims_guard;
    task->save.context =
        resumes ? (void *)resume_guard(work->resume, index) : (void *)work->claims;
}

/* Takes `out`; NULL stays NULL. */
static Outfile *with_times(Outfile *out, const struct stat *source, Err *err)
{
    if (!out || outfile_set_times(out, source, err))
        return out;
    outfile_abort(out);
    return NULL;
}

static Outfile *develop(Work *work, int index, const BatchLook *look, Strips *strips,
                        Notes *notes, Err *err)
{
    const BatchOptions *options = work->options;
    BatchItem *item = &work->items[index];
    char *input = path_join(work->start, item->input);
    char *output = path_join(work->start, item->output);
    FileTask task = {
        .input = input,
        .output = output,
        .read = {.max_pixels = options->max_pixels,
                 .max_metadata = options->max_metadata,
                 .lenient = options->lenient,
                 .raw_half = options->raw_half,
                 .cancel = &work->cancel,
                 .notes = notes},
        .save = {.format = options->format,
                 .quality = options->quality,
                 .pack = options->pack,
                 .strip = options->strip,
                 .lossless = options->lossless,
                 .cancel = &work->cancel,
                 .notes = notes,
                 .spare = work->spare},
        .resize = options->resize,
        .resize_linear = options->resize_linear,
        .look = look,
        .programs = &work->programs,
        .caller = &work->caller,
        .cancel = &work->cancel,
        .budget = &work->budget,
        .folders = work->folders,
        .rows = options->rows,
    };
    FileFacts facts = {0};
    set_rules(work, index, &task);
    bool known = !work->resume || resume_note_bytes(work->resume, index, err);
    Outfile *out = known ? develop_file(&task, strips, &facts, err) : NULL;
    if (work->resume)
        resume_note_input(work->resume, index, &facts.input);
    if (options->keep_times)
        out = with_times(out, &facts.input, err);
    item->pixels = out ? facts.pixels : 0;
    item->memory = facts.memory;
    mem_free(input);
    mem_free(output);
    return out;
}

/* A shortage fails a file only if no other is in work. NULL without *err: the file was
 * given back. */
static Outfile *develop_patiently(Work *work, int index, const BatchLook *look,
                                  Strips *strips, Notes *notes, Err *err)
{
    bool alone = false;
    for (;;) {
        Outfile *out = develop(work, index, look, strips, notes, err);
        if (out || alone || !is_shortage(err))
            return out;
        mem_free(strips->data);
        *strips = (Strips){0};
        *notes = (Notes){0};
        *err = (Err){0};
        if (work_queue_give_back(&work->queue, index))
            return NULL;
        commits_wait(&work->commits);
        alone = true;
    }
}

/* The file has failed before, or need not be done; then its sidecars may have changed.
 */
static void put_listed(Work *work, int index)
{
    BatchItem *item = &work->items[index];
    Err err = {0};
    bool skipped = item->state == BATCH_SKIPPED && work->resume;
    if (skipped && work->options->sidecars && !copy_sidecars(work, item, &err)) {
        worker_settle(work, index, &err);
        return;
    }
    pthread_mutex_lock(&work->batch_lock.lock);
    put(work, index, 0);
    pthread_mutex_unlock(&work->batch_lock.lock);
    post_news(work);
}

/* Wait for the file's look. False: it has ended, because it cannot be done or need not
 * be. */
static bool begin(Work *work, int index, const BatchLook **look)
{
    BatchItem *item = &work->items[index];
    Err err = {0};
    *look = choices_get(&work->choices, index, &err);
    if (!*look) {
        choices_drop(&work->choices, index);
        worker_settle(work, index, &err);
        return false;
    }
    item->look = (*look)->number;
    if (work->resume && work->choices.choices)
        resume_choose(work->resume, index, (*look)->words);
    if (item->state == BATCH_LEFT)
        return true;
    choices_drop(&work->choices, index);
    put_listed(work, index);
    return false;
}

static void work_on(Work *work, int index, Strips *strips)
{
    BatchItem *item = &work->items[index];
    double start = thread_clock_ms();
    const BatchLook *look;
    Err err = {0};
    Notes notes = {0};
    if (!begin(work, index, &look))
        return;
    Outfile *out = develop_patiently(work, index, look, strips, &notes, &err);
    if (!out && !err.kind)
        return;
    choices_drop(&work->choices, index);
    add_note(item, notes.text);
    item->damaged = notes.damaged;
    item->ms = thread_clock_ms() - start;
    if (out)
        commits_add(&work->commits, &(Commit){out, item->input, index});
    else
        worker_settle(work, index, &err);
}

/* Until the others have no file either, help them. The caller need not know of commits:
 * none is pending once all workers have ended. */
static void leave(Work *work)
{
    work_queue_leave(&work->queue);
    spare_threads_retire(work->spare);
    commits_wait(&work->commits);
    pthread_mutex_lock(&work->batch_lock.lock);
    work->running--;
    pthread_mutex_unlock(&work->batch_lock.lock);
    dispatch_wake(work->caller.dispatch);
}

void worker_main(void *arg)
{
    Work *work = arg;
    Strips strips = {0};
    int index;
    while ((index = work_queue_take(&work->queue)) >= 0) {
        if (work->items[index].state != BATCH_LEFT)
            put_listed(work, index);
        else
            work_on(work, index, &strips);
    }
    mem_free(strips.data);
    leave(work);
}
