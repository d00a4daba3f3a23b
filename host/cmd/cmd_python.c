#include "base/log.h"
#include "base/mem.h"
#include "base/thread/pool.h"
#include "cmd/cmd.h"
#include "python/interp.h"

/* Python's argv: the program, and all arguments that are not ours. */
static char **python_argv(const Options *options)
{
    char **argv = mem_new((size_t)options->n_args + 2, sizeof *argv);
    argv[0] = (char *)(options->program ? options->program : "lutist-python");
    for (int i = 0; i < options->n_args; i++)
        argv[i + 1] = (char *)options->args[i];
    return argv;
}

bool cmd_python(const Options *options, int *code, Err *err)
{
    Pool *pool = pool_new(options->threads, err);
    if (!pool)
        return false;
    InterpConfig config = {.venv = options->venv,
                           .program = options->program,
                           .pool = pool,
                           .mode = options->mode,
                           .device = options->device};
    if (options->program) /* programs start it by the dozen, so it explains nothing */
        log_set_level(LOG_ERROR);
    char **argv = python_argv(options);
    bool fine = interp_main(&config, options->n_args + 1, argv, code, err);
    mem_free(argv);
    pool_free(pool);
    return fine;
}
