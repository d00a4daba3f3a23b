/* lutist bench modes: the script, the image and the interpreter for
 * bench/bench_modes.h. */
#include "cmd/bench/cmd_bench.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "bench/bench_modes.h"
#include "bench/bench_timing.h"
#include "image/reader.h"
#include "opencl/opencl.h"
#include "pipe/program/compile.h"
#include "python/interp.h"
#include "python/python_map.h"
#include "python/script.h"
#include "python/script_presets.h"

enum { RUNS = 7 };

/* The default script changes nothing at its default values. */
static const char *const USUAL[] = {"exposure=0.5", "gamma=1.3"};

/* The hooks' context. */
typedef struct Hooked {
    const char *wanted; /* device */
    OpenCl *opencl;     /* owned; NULL: not opened */
    Pool *pool;
} Hooked;

static bool hook_has(void *context, Mode mode, Err *err)
{
    Hooked *hooked = context;
    if (mode != MODE_OPENCL)
        return python_map_has_mode(mode, err);
    hooked->opencl = opencl_open(hooked->wanted, err);
    return hooked->opencl;
}

static bool hook_map(void *context, Mode mode, Program *program, Image *src, Image *dst,
                     Err *err)
{
    const Hooked *hooked = context;
    if (mode == MODE_OPENCL)
        return opencl_map(hooked->opencl, program, src, dst,
                          &(OpenClWay){.pool = hooked->pool}, err);
    return python_map_run(
        &(Mapping){.mode = mode, .program = program, .src = src, .dst = dst}, err);
}

ParamValue *cmd_bench_values(const Options *options, Script *script, Err *err)
{
    bool usual = options->n_params == 0 && !options->preset &&
                 strcmp(options->script, "exposure") == 0;
    if (usual)
        return script_settings(script, NULL, USUAL, sizeof USUAL / sizeof *USUAL, err);
    return script_settings(script, options->preset, options->params, options->n_params,
                           err);
}

/* "exposure, exposure=0.5 gamma=1.3"; new string. */
static char *describe(const Script *script, const ParamValue *values)
{
    const ParamSet *set = script_params(script);
    char *text = mem_printf("%s,", script_name(script));
    for (int i = 0; i < set->count; i++) {
        char *value = param_literal(&set->params[i], values[i]);
        char *longer = mem_printf("%s %s=%s", text, set->params[i].name, value);
        mem_free(value);
        mem_free(text);
        text = longer;
    }
    return text;
}

/* What the mode opencl costs without transfers, beside a copy of the pixels there. */
static void tell_device(const Hooked *hooked, const ModesWork *work)
{
    double copies[RUNS], maps[RUNS];
    Err err;
    const OpenClDevice *device = opencl_device(hooked->opencl);
    if (!opencl_time(hooked->opencl, work->program, work->image, RUNS, copies, maps,
                     &err)) {
        printf("\nopencl: %s\n", err.text);
        return;
    }
    double copy = bench_timing_median(copies, RUNS, NULL);
    double map = bench_timing_median(maps, RUNS, NULL);
    printf(
        "\nopencl on %s (%s): without transfers %.3f ms; a copy of the pixels on the "
        "device takes %.3f ms, %.2f of it\n",
        device->name, device->driver, map, copy, copy / map);
}

static bool measure(const Options *options, const BenchOptions *bench, ModesWork *work,
                    Plan *plan, Err *err)
{
    work->name = path_name(options->args[1]);
    work->program = compile_plan(plan, work->image->info.channels, err);
    if (!work->program)
        return false;
    if (work->program->kind == PROGRAM_IDENTITY)
        puts("These values change nothing: the native modes copy, Python's look up.");
    Hooked hooked = {.wanted = options->device, .pool = work->pool};
    ModesHook hook = {.has = hook_has, .map = hook_map, .context = &hooked};
    bool good = bench_modes(bench, work, &hook, err);
    if (good && hooked.opencl)
        tell_device(&hooked, work);
    opencl_close(hooked.opencl);
    program_unref(&work->program);
    return good;
}

static bool with_script(const Options *options, const BenchOptions *bench,
                        ModesWork *work, Script *script, Err *err)
{
    ParamValue *values = cmd_bench_values(options, script, err);
    if (!values)
        return false;
    Plan *plan = script_plan(script, values, work->image->info.depth, err);
    char *look = describe(script, values);
    work->look = look;
    bool good = plan && measure(options, bench, work, plan, err);
    mem_free(look);
    plan_unref(&plan);
    param_values_free(values, script_params(script)->count);
    return good;
}

static bool with_interpreter(const Options *options, const BenchOptions *bench,
                             ModesWork *work, Err *err)
{
    InterpConfig config = {.venv = options->venv, .pool = work->pool, .signals = true};
    if (!interp_start(&config, err))
        return false;
    Script *script = script_load(options->script, err);
    bool good = script && with_script(options, bench, work, script, err);
    script_close(script);
    interp_stop();
    return good;
}

bool cmd_bench_modes(const Options *options, const BenchOptions *bench, Err *err)
{
    if (options->n_args != 2)
        return err_set(err, ERR_USAGE, "bench modes: %s; see 'lutist bench --help'",
                       options->n_args < 2 ? "an image is missing"
                                           : "one image is enough");
    ModesWork work = {.image = reader_load(options->args[1], NULL, err)};
    if (!work.image)
        return false;
    work.pool = pool_new(options->threads, err);
    bool good = work.pool && with_interpreter(options, bench, &work, err);
    pool_free(work.pool);
    image_unref(&work.image);
    return good;
}
