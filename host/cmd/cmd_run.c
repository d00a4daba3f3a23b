#include "base/thread/interrupt.h"
#include "base/thread/pool.h"
#include "cmd/cmd.h"
#include "python/interp.h"
#include "python/job.h"

static bool run_job(const Options *options, Pool *pool, int *code, Err *err)
{
    InterpConfig config = {.venv = options->venv,
                           .pool = pool,
                           .mode = options->mode,
                           .device = options->device,
                           .signals = true,
                           .site = true};
    if (!interp_start(&config, err))
        return false;
    /* The host does not write to sys.argv; Python copies it. */
    bool fine = job_run(options->n_args, (char **)options->args, code, err);
    int interrupts = interrupt_count();
    interp_stop();
    if (fine && interrupt_count() > interrupts)
        *code = 130;
    return fine;
}

bool cmd_run(const Options *options, int *code, Err *err)
{
    Pool *pool = pool_new(options->threads, err);
    bool fine = pool && run_job(options, pool, code, err);
    pool_free(pool);
    return fine;
}
