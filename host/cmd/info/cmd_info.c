#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "cmd/cmd.h"
#include "cmd/info/describe_color.h"
#include "cmd/info/describe_json.h"
#include "cmd/results.h"
#include "image/file_options.h"
#include "pipe/cube/cube_file.h"
#include "pipe/program/compile.h"
#include "python/interp.h"
#include "python/script.h"
#include "python/script_presets.h"

typedef struct Info {
    const Options *options;
    bool interpreter; /* is running */
    Json json;        /* if it is asked for */
    int code;         /* the first failure's exit code */
} Info;

/* Is it "PATH.py", either with ":FUNCTION", or a bare name that no file has? */
static bool is_script(const char *spec)
{
    const char *colon = strrchr(path_name(spec), ':');
    size_t length = colon ? (size_t)(colon - spec) : strlen(spec);
    char *path = mem_printf("%.*s", (int)length, spec);
    bool bare = !strpbrk(path, "./") && access(path, F_OK) != 0;
    bool script = bare || path_ext_is(path, "py");
    mem_free(path);
    return script;
}

static bool show_image(Info *info, const char *path, Err *err)
{
    ReadOptions limits = {.max_pixels = info->options->max_pixels,
                          .max_metadata = info->options->max_metadata};
    Reader *reader = reader_open(path, &limits, err);
    if (!reader)
        return false;
    if (info->options->json) {
        json_line(&info->json, 2);
        describe_json_image(&info->json, path, reader);
    } else {
        describe_image(stdout, path, reader);
    }
    reader_close(reader);
    return true;
}

static bool show_tables(Info *info, const char *path, Err *err)
{
    CubeTables tables;
    if (!cube_file_load(path, NULL, &tables, err))
        return false;
    if (info->options->json) {
        json_line(&info->json, 2);
        describe_json_tables(&info->json, path, &tables);
    } else {
        describe_tables(stdout, path, &tables);
    }
    cube_tables_clear(&tables);
    return true;
}

static bool show_profile(Info *info, const char *path, Err *err)
{
    Profile *profile = profile_load(path, err);
    if (!profile)
        return false;
    if (info->options->json) {
        json_line(&info->json, 2);
        describe_json_profile(&info->json, path, profile);
    } else {
        describe_profile(stdout, path, profile);
    }
    profile_unref(&profile);
    return true;
}

static bool start_interpreter(Info *info, Err *err)
{
    InterpConfig config = {.venv = info->options->venv, .signals = true};
    if (!info->interpreter)
        info->interpreter = interp_start(&config, err);
    return info->interpreter;
}

static bool wants_plans(const Info *info)
{
    const Options *options = info->options;
    return options->n_params > 0 || options->preset || options->verbose;
}

static bool make_plans(Script *script, PlanFacts *facts, Err *err)
{
    bool good = true;
    for (int d = 0; good && d < 2; d++) {
        Plan *plan = script_plan_summary(script, facts->values, d ? 16 : 8,
                                         &facts->at[d].summary, err);
        facts->at[d].program = plan ? compile_plan(plan, 3, err) : NULL;
        good = facts->at[d].program != NULL;
        plan_unref(&plan);
    }
    return good;
}

static void clear_plans(PlanFacts *facts)
{
    for (int d = 0; d < 2; d++) {
        program_unref(&facts->at[d].program);
        plan_summary_clear(&facts->at[d].summary);
    }
}

static void show_facts(Info *info, const ScriptFacts *facts)
{
    if (info->options->json) {
        json_line(&info->json, 2);
        describe_json_script(&info->json, facts);
    } else {
        describe_script(stdout, facts);
    }
}

static bool show_loaded(Info *info, Script *script, Err *err)
{
    const Options *options = info->options;
    ParamValue *values = script_settings(script, options->preset, options->params,
                                         options->n_params, err);
    if (!values)
        return false;
    PlanFacts plans = {.params = script_params(script), .values = values};
    char *doc = script_doc(script, err);
    PresetList *presets = doc ? script_presets(script, err) : NULL;
    bool good = presets && (!wants_plans(info) || make_plans(script, &plans, err));
    if (good) {
        ScriptFacts facts = {script_name(script),
                             script_path(script),
                             doc,
                             plans.params,
                             presets,
                             wants_plans(info) ? &plans : NULL};
        show_facts(info, &facts);
        if (presets->problem[0])
            log_error("%s", presets->problem);
    }
    clear_plans(&plans);
    preset_list_free(presets);
    mem_free(doc);
    param_values_free(values, plans.params->count);
    return good;
}

static bool show_script(Info *info, const char *spec, Err *err)
{
    bool isolate = info->options->isolate;
    if (!isolate && !start_interpreter(info, err))
        return false;
    Script *script = isolate ? script_load_isolated(spec, &(Isolation){0}, NULL, err)
                             : script_load(spec, err);
    if (!script)
        return false;
    bool good = show_loaded(info, script, err);
    script_close(script);
    return good;
}

static bool show_kind(Info *info, const char *what, Err *err)
{
    if (is_script(what))
        return show_script(info, what, err);
    if (path_ext_is(what, "cube"))
        return show_tables(info, what, err);
    if (path_ext_is(what, "icc") || path_ext_is(what, "icm"))
        return show_profile(info, what, err);
    return show_image(info, what, err);
}

static void show(Info *info, const char *what)
{
    Err err = {0};
    if (show_kind(info, what, &err))
        return;
    log_failure(&err);
    if (!info->code)
        info->code = err_exit_code(&err);
}

bool cmd_info(const Options *options, int *code, Err *err)
{
    Info info = {.options = options, .json.file = stdout};
    if (options->json)
        json_begin(&info.json, NULL, '[');
    for (int i = 0; i < options->n_args; i++)
        show(&info, options->args[i]);
    if (options->json) {
        json_line(&info.json, 0);
        json_end(&info.json, ']');
        putchar('\n');
    }
    bool written = results_flush(err) || !err->kind;
    if (info.interpreter)
        interp_stop();
    *code = info.code;
    return written;
}
