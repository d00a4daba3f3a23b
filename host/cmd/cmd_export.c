#include <stdio.h>

#include "base/file/tempname.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text/printable.h"
#include "base/thread/interrupt.h"
#include "batch/file/claims.h"
#include "cmd/cmd.h"
#include "cmd/results.h"
#include "pipe/export/export.h"
#include "python/interp.h"
#include "python/script.h"
#include "python/script_presets.h"

typedef struct Run {
    const Options *options;
    Pool *pool;         /* owned, as all pointers below */
    Script *script;     /* NULL until it is loaded */
    ParamValue *values; /* NULL until they are known */
    WatchFiles files;   /* that the look has read */
    Claims *claims;     /* the same, by device and inode */
    Folder *folder;     /* of the output */
} Run;

static ExportWish wish_of(const Options *options)
{
    return (ExportWish){options->format, options->size};
}

static Plan *hook_plan(void *context, int points, Err *err)
{
    const Run *run = context;
    return script_plan_points(run->script, run->values, points, err);
}

/* An isolated script has an interpreter of its own. */
static bool start(const Run *run, Err *err)
{
    const Options *options = run->options;
    InterpConfig config = {.venv = options->venv, .pool = run->pool, .signals = true};
    return options->isolate ? interrupt_limit(NULL, err) : interp_start(&config, err);
}

static bool load(Run *run, Err *err)
{
    const Options *options = run->options;
    Isolation how = {.pool = run->pool};
    const char *spec = options->args[0];
    run->script = options->isolate ? script_load_isolated(spec, &how, &run->files, err)
                                   : script_load_noting(spec, &run->files, err);
    if (!run->script)
        return false;
    run->values = script_settings(run->script, options->preset, options->params,
                                  options->n_params, err);
    return run->values;
}

/* What the look has read must not be replaced. */
static void claim_files(Run *run)
{
    script_more_files(run->script, &run->files);
    watch_files_add(&run->files, script_path(run->script), (FileStamp){0});
    claims_add_looks(run->claims, &run->files);
}

/* A missing folder is made. */
static bool open_folder(Run *run, Err *err)
{
    char *dir = path_dir(run->options->output);
    run->folder = folder_open(dir, true, err);
    mem_free(dir);
    if (!run->folder)
        return err_in(err, run->options->output);
    tempname_clean(folder_handle(run->folder), claims_keep, run->claims);
    return true;
}

static bool print_report(const Options *options, const ExportReport *report, Err *err)
{
    char text[192];
    export_describe(report, text, sizeof text);
    printable_put(stdout, options->output);
    printf(": %s\n", text);
    if (options->verbose)
        printf("  the largest error is at red %d, green %d, blue %d\n", report->at[0],
               report->at[1], report->at[2]);
    return results_flush(err) || !err->kind;
}

static Export *prepare(Run *run, Err *err)
{
    ExportWish wish = wish_of(run->options);
    ExportLook look = {.script = script_name(run->script),
                       .params = script_params(run->script),
                       .values = run->values,
                       .plan = hook_plan,
                       .context = run};
    return export_new(run->options->output, &wish, &look, err);
}

static bool write_table(Run *run, const Export *export, Err *err)
{
    ExportReport report;
    claim_files(run);
    if (!open_folder(run, err))
        return false;
    ExportPlace place = {.folder = run->folder,
                         .overwrite = run->options->overwrite,
                         .guard = claims_guard,
                         .context = run->claims,
                         .pool = run->pool,
                         .cancel = interrupt_cancel()};
    if (!export_write(export, &place, &report, err))
        return false;
    return run->options->quiet || print_report(run->options, &report, err);
}

static bool work(Run *run, Err *err)
{
    Export *export = start(run, err) && load(run, err) ? prepare(run, err) : NULL;
    bool good = export && write_table(run, export, err);
    export_free(export);
    return good;
}

/* What can be known without the script. */
static bool check(const Options *options, Err *err)
{
    ExportWish wish = wish_of(options);
    OutfileRules rules = {.overwrite = options->overwrite};
    if (options->n_args > 1)
        return err_set(err, ERR_USAGE, "export: one script is enough; '%s' is too many",
                       options->args[1]);
    return export_form_check(options->output, &wish, err) &&
           outfile_check(options->output, &rules, err);
}

static void clear(Run *run)
{
    if (run->values)
        param_values_free(run->values, script_params(run->script)->count);
    script_close(run->script);
    watch_files_clear(&run->files);
    folder_unref(&run->folder);
}

bool cmd_export(const Options *options, int *code, Err *err)
{
    Run run = {.options = options, .claims = claims_new()};
    *code = 0;
    bool good = check(options, err);
    run.pool = good ? pool_new(options->threads, err) : NULL;
    if (run.pool) {
        good = work(&run, err);
        if (!good && interp_interrupts())
            err_set(err, ERR_CANCELLED, "interrupted");
        clear(&run);
        interp_stop();
    }
    pool_free(run.pool);
    claims_free(run.claims);
    return good && run.pool;
}
