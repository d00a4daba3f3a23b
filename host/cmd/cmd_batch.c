#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/attendant.h"
#include "base/thread/interrupt.h"
#include "batch/batch.h"
#include "batch/look/look_hash.h"
#include "batch/look/value_words.h"
#include "cmd/batch_from_options.h"
#include "cmd/cmd.h"
#include "cmd/name_list.h"
#include "cmd/params/row_looks.h"
#include "cmd/progress.h"
#include "cmd/report_file.h"
#include "opencl/opencl.h"
#include "pipe/color/color_target.h"
#include "python/interp.h"
#include "python/python_map.h"
#include "python/script.h"
#include "python/script_presets.h"

/* How long the end waits for files in work. */
enum { ABANDON_MS = 10000 };

/* The hooks' context. */
typedef struct Run {
    const Options *options;
    BatchOptions batch;
    ColorTarget *convert; /* owned; NULL: profiles are kept */
    Script *script;
    ParamValue *values; /* owned */
    ParamTable table;
    RowLooks *looks;   /* owned: its rows; NULL: all files have `values` */
    ValueWords *words; /* owned */
    NameList names;    /* of the inputs; the batch borrows them */
    ProgressForm form;
    WatchFiles files; /* that the look has read; the claims borrow their paths */
    int claimed;      /* of these, the first ones */
    WatchFiles base;  /* of these, those that were known before a row was asked about */
    char **row_words; /* owned: of each look, BatchLook.words; NULL: not known yet */
    Progress progress;
    BatchReport result;
    ReportFile *report;   /* owned; NULL: not asked for */
    char *report_path;    /* owned; NULL: likewise */
    Attendant *attendant; /* owned; NULL: the script may take any time */
    OpenCl *opencl;       /* owned; NULL: another mode */
    LastWord last_word;
} Run;

/* A call of the pipeline may read files, which no output must replace. */
static void claim_files(Run *run)
{
    script_more_files(run->script, &run->files);
    for (; run->claimed < run->files.count; run->claimed++)
        claims_add_look(run->result.claims, run->files.files[run->claimed].path);
}

static const ParamValue *values_of(const Run *run, int look)
{
    return run->looks ? row_looks_values(run->looks, look) : run->values;
}

/* If the script's process has ended, another one tries once more. */
static bool tries_again(const Run *run, const Err *why)
{
    bool again = script_has_died(run->script);
    if (again)
        log_error("%s; trying once more", why->text);
    return again;
}

static Plan *hook_plan(void *context, int look, int depth, const ColorConversion *after,
                       Err *err)
{
    Run *run = context;
    const ParamValue *values = values_of(run, look);
    Err why = {0};
    log_status(NULL); /* the script may print */
    Plan *plan = script_plan_after(run->script, values, depth, after, &why);
    if (!plan && tries_again(run, &why))
        plan = script_plan_after(run->script, values, depth, after, &why);
    if (!plan)
        *err = why;
    else
        claim_files(run);
    return plan;
}

static bool hook_map(void *context, const BatchStrip *strip, Err *err)
{
    Run *run = context;
    if (!run->opencl)
        return python_map_strip(run->options->mode, strip, err);
    opencl_run_rows(run->opencl, strip->program, strip->in, strip->src,
                    strip->src_stride, strip->dst, strip->dst_stride, strip->rows);
    return true;
}

/* A plan has been made, so the files that the look reads are known. */
static char *hook_look(void *context, char **words, Err *err)
{
    Run *run = context;
    const Options *options = run->options;
    LookWords look = {
        .version = LUTIST_VERSION,
        .pipeline = script_function(run->script),
        .convert = options->convert,
        .intent = options->intent,
        .files = &run->files,
    };
    if (run->looks)
        watch_files_add_all(&run->base, &run->files);
    else if (!(*words = value_words_of(run->words, run->values, NULL, err)))
        return NULL;
    return look_hash(&look, err);
}

/* A row's values may lead the look to files that no other row has it read. */
static char *words_at(Run *run, const ParamValue *values, Err *err)
{
    WatchFiles all = {0};
    Err why = {0};
    char *words = NULL;
    watch_files_add_all(&all, &run->base);
    log_status(NULL); /* the script may print */
    if (script_files_at(run->script, values, &all, &why) ||
        (tries_again(run, &why) && script_files_at(run->script, values, &all, &why))) {
        WatchFiles more = {.files = all.files + run->base.count,
                           .count = all.count - run->base.count};
        words = value_words_of(run->words, values, &more, &why);
        claim_files(run);
    }
    if (!words)
        *err = why;
    watch_files_clear(&all);
    return words;
}

static bool hook_choose(void *context, const BatchItem *item, BatchLook *look, Err *err)
{
    Run *run = context;
    look->number = row_looks_of(run->looks, item->index);
    if (!run->options->resume)
        return true;
    char **words = &run->row_words[look->number];
    if (!*words)
        *words = words_at(run, values_of(run, look->number), err);
    look->words = *words ? mem_dup(*words) : NULL;
    return look->words;
}

static void hook_begin(void *context, int total, uint64_t bytes)
{
    Run *run = context;
    progress_begin(&run->progress, total, bytes);
}

static void hook_done(void *context, const BatchItem *item, int finished, int total)
{
    Run *run = context;
    log_debug("%s: %.0f ms, %.0f MB", item->input, item->ms,
              (double)item->memory / 1e6);
    progress_done(&run->progress, item, finished, total);
}

static int hook_stop(void *context)
{
    Run *run = context;
    progress_tick(&run->progress);
    return interp_interrupts();
}

static bool read_table(Run *run, Err *err)
{
    const char *path = run->options->table;
    if (!path)
        return true;
    if (!param_table_read(&run->table, path, err))
        return false;
    RowLooksOf of = {.script = script_name(run->script),
                     .params = script_params(run->script),
                     .values = run->values,
                     .report = &run->result};
    run->row_words = mem_new((size_t)run->table.count + 1, sizeof *run->row_words);
    run->looks = row_looks_new(&run->table, &of, err);
    return run->looks;
}

static bool prepare(Run *run, Err *err)
{
    const Options *options = run->options;
    Isolation how = {.limit_ms = options->script_timeout * 1000};
    run->script = options->isolate
                      ? script_load_isolated(options->script, &how, &run->files, err)
                      : script_load_noting(options->script, &run->files, err);
    if (!run->script)
        return false;
    run->values = script_settings(run->script, options->preset, options->params,
                                  options->n_params, err);
    if (run->values)
        run->words = value_words_new(script_params(run->script));
    return run->values && read_table(run, err);
}

/* A dry run that would replace files asks for a plan, and so does --resume, to know the
 * files that the look reads. */
static bool know_files(Run *run, Err *err)
{
    const Options *options = run->options;
    bool replaces = options->overwrite || options->newer;
    if (!options->resume && !(options->dry_run && replaces))
        return true;
    Plan *plan = hook_plan(run, 0, 8, NULL, err);
    bool known = plan;
    plan_unref(&plan);
    return known;
}

static bool develop_all(Run *run, Err *err)
{
    const Options *options = run->options;
    BatchHooks hooks = {
        .plan = hook_plan,
        .choose = run->looks ? hook_choose : NULL,
        .map = mode_is_python(options->mode) || run->opencl ? hook_map : NULL,
        .map_anywhere = run->opencl,
        .look = hook_look,
        .begin = hook_begin,
        .done = hook_done,
        .stop = hook_stop,
        .context = run,
    };
    progress_start(&run->progress, run->form, options->quiet,
                   options->verbose || options->dry_run, options->print0);
    bool fine = batch_run(&run->batch, &hooks, &run->result, err);
    log_status(NULL);
    return fine;
}

/* `ended` is the error that ended the run early, or NULL. */
static bool save_report(Run *run, const BatchReport *result, const char *ended,
                        Err *err)
{
    if (!run->report)
        return true;
    ReportHead head = {
        .script = run->script ? script_path(run->script) : run->options->script,
        .params = run->values ? script_params(run->script) : NULL,
        .values = run->values,
        .error = ended,
        .part = run->batch.part,
    };
    bool saved = report_file_save(run->report, &head, result, err);
    run->report = NULL;
    return saved;
}

/* The process is about to end, because the script or a codec does not return. */
static void last_word(void *context)
{
    Run *run = context;
    BatchReport known;
    Err err = {0};
    batch_drop_temps(&run->result);
    batch_report_peek(&run->result, &known);
    log_status(NULL);
    log_info(
        "interrupted in code that does not return: %d done, %d failed, %d not done",
        known.done, known.failed, known.left);
    if (!save_report(run, &known, "interrupted", &err))
        log_failure(&err);
}

/* The script is in C code that never returns to Python, and the limit has passed: end
 * the process in its place. The report and the results that are complete stay. */
static void abandon(void *context)
{
    Run *run = context;
    BatchReport known;
    Err why, err = {0};
    interrupt_last_word_remove(&run->last_word);
    log_status(NULL);
    err_set(&why, ERR_SCRIPT,
            "%s: the script took longer than %d s (--script-timeout), in code that "
            "cannot be interrupted",
            path_name(run->script ? script_path(run->script) : run->options->script),
            run->options->script_timeout);
    batch_abandon(&run->result, ABANDON_MS);
    log_failure(&why);
    batch_report_peek(&run->result, &known);
    if (!save_report(run, &known, why.text, &err))
        log_failure(&err);
    fflush(stdout);
    _exit(err_exit_code(&why));
}

static bool start_attendant(Run *run, Err *err)
{
    AttendantLimit limit = {run->options->script_timeout * 1000, abandon, run};
    if (run->options->isolate) /* its client has a limit of its own */
        return true;
    if (limit.ms)
        run->attendant = attendant_start(limit, err);
    return !limit.ms || run->attendant;
}

static int exit_code(const BatchReport *report)
{
    if (interp_interrupts())
        return 130;
    return report->failed || report->left ? 1 : 0;
}

/* Can the mode run here? */
static bool has_mode(Run *run, Err *err)
{
    const Options *options = run->options;
    if (options->mode == MODE_OPENCL)
        run->opencl = opencl_open(options->device, err);
    else if (mode_is_python(options->mode))
        return python_map_has_mode(options->mode, err);
    return options->mode != MODE_OPENCL || run->opencl;
}

/* With the interpreter running. */
static bool develop(Run *run, int *code, Err *err)
{
    bool fine = has_mode(run, err) && prepare(run, err) && know_files(run, err) &&
                develop_all(run, err);
    if (fine) {
        progress_end(&run->progress, &run->result, run->options->dry_run);
        *code = exit_code(&run->result);
    } else if (interp_interrupts()) {
        err_set(err, ERR_CANCELLED, "interrupted");
    }
    return fine;
}

/* The report is written however the run ends. The error that ended the run is printed
 * first. */
static bool conclude(Run *run, bool fine, int code, Err *err)
{
    const char *ended = code == 130 ? "interrupted" : run->result.stopped;
    Err why = {0};
    interrupt_last_word_remove(&run->last_word);
    progress_close(&run->progress);
    batch_report_keep_part(&run->result);
    bool saved = save_report(run, &run->result, fine ? ended : err->text, &why);
    if (!fine && !saved)
        log_failure(&why);
    else if (!saved)
        *err = why;
    batch_report_clear(&run->result);
    if (run->values)
        param_values_free(run->values, script_params(run->script)->count);
    return fine && saved;
}

/* The report must not replace an input or a result. A dry run has no results, so it
 * writes no report. */
static bool open_report(Run *run, Err *err)
{
    const char *path = run->report_path;
    if (!batch_spares(&run->batch, &run->result, path, err) ||
        !report_file_check(path, err))
        return false;
    if (run->options->dry_run)
        return true;
    run->report = report_file_open(path, run->result.claims, err);
    return run->report;
}

/* The message names both paths. */
static bool want_report(Run *run, Err *err)
{
    const char *path = run->options->report;
    char *label = part_label(run->batch.part);
    run->report_path = path ? part_path(path, label) : NULL;
    mem_free(label);
    if (!path || open_report(run, err))
        return true;
    return err && err_set(err, err->kind, "--report %s", err->text);
}

/* An isolated script has an interpreter of its own; here only Python's modes need one.
 */
static bool start_python(Run *run, Err *err)
{
    const Options *options = run->options;
    if (!start_attendant(run, err))
        return false;
    InterpConfig config = {
        .venv = options->venv, .attendant = run->attendant, .signals = true};
    run->last_word = (LastWord){.fn = last_word, .context = run};
    interrupt_last_word_add(&run->last_word);
    return (options->isolate && !mode_is_python(options->mode)) ||
           interp_start(&config, err);
}

static bool open_target(Run *run, Err *err)
{
    const Options *options = run->options;
    if (!options->convert)
        return !options->intent || err_set(err, ERR_USAGE, "--intent needs --convert");
    run->convert = color_target_open(options->convert, options->intent, err);
    run->batch.convert = run->convert;
    bool named = profile_intent(options->intent) != RENDER_NONE;
    return run->convert || err_in(err, named ? "--convert" : "--intent");
}

static bool check_options(Run *run, Err *err)
{
    const Options *options = run->options;
    if (!batch_from_options(options, &run->batch, err) ||
        !progress_form(options->progress, &run->form, err))
        return false;
    if (options->print0 && run->form == PROGRESS_JSON)
        return err_set(err, ERR_USAGE,
                       "--print0 and --progress json both take stdout: choose one");
    return !options->nul || options->files_from ||
           err_set(err, ERR_USAGE, "-0 needs --files-from");
}

/* The images would be developed by another look than the one that is named. */
static bool refuse_scripts(const Options *options, Err *err)
{
    for (int i = 0; i < options->n_args; i++)
        if (path_ext_is(options->args[i], "py"))
            return err_set(err, ERR_USAGE,
                           "%s: a script, not an image; to use it as the look: -s %s",
                           options->args[i], options->args[i]);
    return true;
}

/* An interrupt ends the listing; then no file is begun. */
static bool list(Run *run, Err *err)
{
    const Options *options = run->options;
    NameList *names = &run->names;
    if (!refuse_scripts(options, err) || !interrupt_limit(NULL, err))
        return false;
    name_list_add(names, options->args, options->n_args);
    if (options->files_from &&
        !name_list_read(names, options->files_from, options->nul, err))
        return false;
    run->batch.inputs = names->names;
    run->batch.n_inputs = names->count;
    run->batch.cancel = interrupt_cancel();
    return batch_list(&run->batch, &run->result, err);
}

/* From here on an interrupt waits for Python's handler, which ends the run in order. */
static bool begin(Run *run, Err *err)
{
    sigset_t before;
    bool listed = check_options(run, err) && open_target(run, err) && list(run, err);
    interrupt_block(&before);
    if (listed && interrupt_count())
        listed = err_set(err, ERR_CANCELLED, "interrupted");
    bool open = want_report(run, listed ? err : NULL);
    bool started = open && listed && start_python(run, err);
    interrupt_unblock(&before);
    return started;
}

static void free_rows(Run *run)
{
    for (int i = 0; run->row_words && i <= run->table.count; i++)
        mem_free(run->row_words[i]);
    mem_free(run->row_words);
    row_looks_free(run->looks);
    param_table_clear(&run->table);
}

bool cmd_batch(const Options *options, int *code, Err *err)
{
    Run run = {.options = options};
    bool fine = begin(&run, err) && develop(&run, code, err);
    fine = conclude(&run, fine, *code, err);
    if (!*code && run.progress.unwritten)
        *code = 1;
    free_rows(&run);
    value_words_free(run.words);
    script_close(run.script);
    opencl_close(run.opencl);
    color_target_free(run.convert);
    watch_files_clear(&run.files);
    watch_files_clear(&run.base);
    name_list_clear(&run.names);
    mem_free(run.report_path);
    interp_stop();
    attendant_stop(run.attendant);
    return fine;
}
