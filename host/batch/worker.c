#include "batch/worker.h"

#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread.h"
#include "batch/convert.h"

/* The next item to work on; -1: none. */
static int take(Work *work)
{
    pthread_mutex_lock(&work->monitor.lock);
    int index = -1;
    if (!work->stopping && work->next < work->count)
        index = work->next++;
    pthread_mutex_unlock(&work->monitor.lock);
    return index;
}

/* What was left is not news: nobody hears of it before the report. */
static void put(Work *work, int index)
{
    pthread_mutex_lock(&work->monitor.lock);
    if (work->items[index].state != BATCH_LEFT)
        work->finished[work->n_finished++] = index;
    if (work->items[index].state == BATCH_FAILED && work->options->fail_fast)
        work->stopping = true;
    pthread_cond_signal(&work->monitor.caller);
    pthread_mutex_unlock(&work->monitor.lock);
}

static void leave(Work *work)
{
    pthread_mutex_lock(&work->monitor.lock);
    work->running--;
    pthread_cond_signal(&work->monitor.caller);
    pthread_mutex_unlock(&work->monitor.lock);
}

/* Messages show a path as the user gave it, not the absolute one that was opened. */
static void show_as_given(Err *err, const char *opened, const char *given)
{
    size_t length = strlen(opened);
    int code = err->code;
    if (strncmp(err->text, opened, length) == 0 && err->text[length] == ':')
        err_set(err, err->kind, "%s%s", given, err->text + length);
    err->code = code;
}

static void fail(BatchItem *item, Err *err)
{
    /* What was dropped half-way has left nothing behind: as if never started. */
    item->state = err->kind == ERR_CANCELLED ? BATCH_LEFT : BATCH_FAILED;
    if (item->state == BATCH_FAILED)
        item->reason = mem_dup(err->text);
}

static bool save(Work *work, Outfile *out, const char *input, Err *err)
{
    if (!outfile_sync(out, err)) {
        outfile_abort(out);
        return false;
    }
    return claims_commit(work->claims, out, input, err);
}

static void convert_item(Work *work, BatchItem *item, Strips *strips)
{
    const BatchOptions *options = work->options;
    char *input = path_join(work->start, item->input);
    char *output = path_join(work->start, item->output);
    Notes notes = {0};
    Convert convert = {
        .input = input,
        .output = output,
        .read = {.max_pixels = options->max_pixels,
                 .cancel = &work->cancel,
                 .notes = &notes},
        .save = {.format = options->format,
                 .quality = options->quality,
                 .overwrite = options->overwrite},
        .looks = &work->looks,
        .maps = &work->maps,
        .cancel = &work->cancel,
        .folders = work->folders,
        .claims = work->claims,
    };
    Err err = {0};
    Outfile *out = convert_file(&convert, strips, &item->pixels, &err);
    if (out && save(work, out, item->input, &err)) {
        item->state = BATCH_DONE;
    } else {
        show_as_given(&err, input, item->input);
        show_as_given(&err, output, item->output);
        if (!strstr(err.text, item->output))
            err_in(&err, item->input);
        fail(item, &err);
    }
    if (notes.text[0])
        item->note = mem_dup(notes.text);
    item->damaged = notes.damaged;
    mem_free(input);
    mem_free(output);
}

void worker_main(void *arg)
{
    Work *work = arg;
    Strips strips = {0};
    int index;
    while ((index = take(work)) >= 0) {
        BatchItem *item = &work->items[index];
        double start = thread_clock_ms();
        if (item->state != BATCH_FAILED)
            convert_item(work, item, &strips);
        item->ms = thread_clock_ms() - start;
        put(work, index);
    }
    mem_free(strips.data);
    leave(work);
}
