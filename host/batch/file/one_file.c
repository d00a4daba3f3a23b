#include "batch/file/one_file.h"

#include "base/mem.h"
#include "batch/batch.h"
#include "batch/file/claims.h"

/* Another name, owner or link makes no other picture. */
static bool is_as_seen(const DevelopFile *work)
{
    FileStamp now = watch_files_stamp(work->input);
    return now.modified_ns == work->seen.modified_ns && now.size == work->seen.size;
}

static Plan *hook_plan(void *context, int look, int depth, const ColorConversion *after,
                       Err *err)
{
    const DevelopFile *work = context;
    (void)look;
    (void)after; /* profiles are kept */
    if (depth == work->plan->depth && is_as_seen(work))
        return plan_ref(work->plan);
    err_set(err, ERR_FILE, "the file has changed since it was shown: save it again");
    return NULL;
}

static int hook_stop(void *context)
{
    const DevelopFile *work = context;
    return work->is_dropped(work->context) ? 2 : 0;
}

/* Why the only file was not written. */
static bool why_not(const BatchReport *report, Err *err)
{
    const BatchItem *item = &report->items[0];
    if (item->state == BATCH_DONE)
        return true;
    if (item->state == BATCH_LEFT)
        return err_set(err, ERR_CANCELLED, "stopped");
    return err_set(err, ERR_FILE, "%s", item->reason);
}

bool batch_one_file(const DevelopFile *work, char **path, Err *err)
{
    BatchOptions options = {.inputs = &work->input,
                            .n_inputs = 1,
                            .output = work->output,
                            .jobs = 1,
                            .max_pixels = work->max_pixels,
                            .max_metadata = work->max_metadata,
                            .overwrite = work->replace,
                            .cancel = work->cancel,
                            .rows = work->rows};
    BatchHooks hooks = {.plan = hook_plan, .stop = hook_stop, .context = (void *)work};
    BatchReport report = {0};
    bool fine = batch_list(&options, &report, err);
    if (fine)
        claims_add_looks(report.claims, work->looks);
    fine = fine && batch_run(&options, &hooks, &report, err);
    *path = report.count ? mem_dup(report.items[0].output) : NULL;
    fine = fine && why_not(&report, err);
    batch_report_clear(&report);
    return fine;
}
