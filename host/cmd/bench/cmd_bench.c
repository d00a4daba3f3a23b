#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "bench/bench.h"
#include "bench/bench_plot.h"
#include "bench/bench_tables.h"
#include "cmd/bench/cmd_bench.h"
#include "cmd/cmd.h"
#include "python/interp.h"
#include "python/script.h"

static const char *temp_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && *folder ? folder : "/tmp";
}

/* The benchmark's script is a file only while it is loaded. */
static Script *load_script(Err *err)
{
    char *path = mem_printf("%s/lutist_bench_XXXXXX.py", temp_folder());
    int fd = mkstemps(path, 3);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    bool written = file && fputs(bench_tables_script, file) >= 0;
    if (file)
        written = fclose(file) == 0 && written;
    Script *script = written ? script_load(path, err) : NULL;
    if (!written)
        err_set_errno(err, ERR_FILE, errno, "%s", path);
    if (fd >= 0)
        unlink(path);
    mem_free(path);
    return script;
}

static Plan *hook_plan(void *context, const double *values, Err *err)
{
    ParamValue setting[TABLES_PARAMS];
    for (int i = 0; i < TABLES_PARAMS; i++)
        setting[i] = param_number(values[i]);
    return script_plan(context, setting, 16, err);
}

static bool with_interpreter(const BenchOptions *bench, int threads, Err *err)
{
    Script *script = load_script(err);
    if (!script)
        return false;
    TablesHook hook = {hook_plan, script, threads};
    bool good = bench_tables(bench, &hook, err);
    script_close(script);
    return good;
}

static bool bench_scripts(const BenchOptions *bench, Err *err)
{
    Pool *pool = pool_new(bench->threads, err);
    if (!pool)
        return false;
    InterpConfig config = {.pool = pool, .signals = true};
    bool good = interp_start(&config, err);
    if (good) {
        good = with_interpreter(bench, pool_threads(pool), err);
        interp_stop();
    }
    pool_free(pool);
    return good;
}

/* Is `what` a benchmark that needs no script and no image? */
static bool check_plain(const Options *options, const char *what, Err *err)
{
    if (strcmp(what, "kernels") != 0 && strcmp(what, "tables") != 0)
        return err_set(err, ERR_USAGE,
                       "bench: '%s' is unknown; use kernels, tables, modes, batch or "
                       "viewer",
                       what);
    if (options->n_args > 1)
        return err_set(err, ERR_USAGE, "bench %s: '%s' is one argument too many", what,
                       options->args[1]);
    if (options->n_params || options->preset || options->plot)
        return err_set(err, ERR_USAGE, "bench %s: %s is an option of 'bench modes'",
                       what,
                       options->plot     ? "--plot"
                       : options->preset ? "--preset"
                                         : "-p");
    return true;
}

/* Open the files before the minutes of measuring, so that a failure is known early. */
static bool can_write(const BenchOptions *bench, Err *err)
{
    Outfile *json = bench->json ? bench_results_open(bench->json, err) : NULL;
    Outfile *plot = bench->plot ? bench_plot_open(bench->plot, err) : NULL;
    bool fine = (json || !bench->json) && (plot || !bench->plot);
    outfile_abort(json);
    outfile_abort(plot);
    return fine;
}

bool cmd_bench(const Options *options, int *code, Err *err)
{
    const char *what = options->args[0];
    BenchOptions bench = {
        .megapixels = options->megapixels,
        .threads = options->threads,
        .verify = options->verify,
        .json = options->json_file,
        .plot = options->plot,
        .device = options->device,
        .version = LUTIST_VERSION,
    };
    *code = 0;
    bool modes = strcmp(what, "modes") == 0, batch = strcmp(what, "batch") == 0;
    if ((!modes && !batch && !check_plain(options, what, err)) ||
        !can_write(&bench, err))
        return false;
    if (modes)
        return cmd_bench_modes(options, &bench, err);
    if (batch)
        return cmd_bench_batch(options, &bench, err);
    return strcmp(what, "kernels") == 0 ? bench_kernels(&bench, err)
                                        : bench_scripts(&bench, err);
}
