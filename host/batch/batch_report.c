#include "batch/batch_report.h"

#include "base/mem.h"
#include "batch/file/claims.h"
#include "batch/worker.h"

void batch_report_count(BatchReport *report)
{
    report->done = report->skipped = report->failed = report->left = 0;
    for (int i = 0; i < report->count; i++) {
        BatchState state = report->items[i].state;
        report->done += state == BATCH_DONE;
        report->skipped += state == BATCH_SKIPPED;
        report->failed += state == BATCH_FAILED;
        report->left += state == BATCH_LEFT;
    }
}

const char *batch_report_word(BatchState state)
{
    static const char *const words[] = {[BATCH_DONE] = "done",
                                        [BATCH_FAILED] = "failed",
                                        [BATCH_LEFT] = "left",
                                        [BATCH_SKIPPED] = "skipped"};
    return words[state];
}

static void free_item(BatchItem *item)
{
    mem_free((void *)item->input);
    mem_free((void *)item->output);
    mem_free((void *)item->reason);
    mem_free((void *)item->note);
}

void batch_report_keep_part(BatchReport *report)
{
    int kept = 0;
    pthread_mutex_lock(&report->lock);
    for (int i = 0; i < report->count; i++) {
        if (report->items[i].elsewhere)
            free_item(&report->items[i]);
        else
            report->items[kept++] = report->items[i];
    }
    report->count = kept;
    batch_report_count(report);
    pthread_mutex_unlock(&report->lock);
}

/* Of an item in work only the names are valid. */
static BatchItem peek_item(const BatchItem *item)
{
    if (item->state != BATCH_LEFT)
        return *item;
    return (BatchItem){.index = item->index,
                       .input = item->input,
                       .output = item->output,
                       .reason = "",
                       .note = "",
                       .state = BATCH_LEFT};
}

void batch_report_peek(BatchReport *report, BatchReport *copy)
{
    *copy = (BatchReport){0};
    pthread_mutex_lock(&report->lock);
    if (report->work)
        pthread_mutex_lock(&report->work->batch_lock.lock);
    if (report->items) {
        copy->items = mem_new((size_t)report->count, sizeof *copy->items);
        for (int i = 0; i < report->count; i++)
            if (!report->items[i].elsewhere)
                copy->items[copy->count++] = peek_item(&report->items[i]);
    }
    if (report->work)
        pthread_mutex_unlock(&report->work->batch_lock.lock);
    pthread_mutex_unlock(&report->lock);
    batch_report_count(copy);
}

void batch_report_clear(BatchReport *report)
{
    for (int i = 0; i < report->count; i++)
        free_item(&report->items[i]);
    claims_free(report->claims);
    mem_free(report->items);
    mem_free(report->stopped);
    *report = (BatchReport){0};
}
