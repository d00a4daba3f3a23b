#include <string.h>

#include "bench/bench.h"
#include "cmd.h"

bool cmd_bench(const Options *options, int *code, Err *err)
{
    const char *what = options->args[options->n_args - 1];
    if (options->n_args > 1 || strcmp(what, "kernels") != 0)
        return err_set(err, ERR_USAGE, "bench: there is kernels to measure, not '%s'",
                       what);
    BenchOptions bench = {
        .megapixels = options->megapixels,
        .threads = options->threads,
        .verify = options->verify,
        .json = options->json_file,
        .version = LUTIST_VERSION,
    };
    *code = 0;
    return bench_kernels(&bench, err);
}
