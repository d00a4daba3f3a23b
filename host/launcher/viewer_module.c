/* The module viewer.so: the command view, which brings SDL. */
#include "base/thread/interrupt.h"
#include "base/thread/pool.h"
#include "launcher/entry.h"
#include "viewer/viewer.h"

bool entry_command(const Options *options, int *code, Err *err)
{
    Pool *pool = pool_new(options->threads, err);
    if (!pool)
        return false;
    ViewerOptions viewer = {
        .inputs = options->args,
        .n_inputs = options->n_args,
        .script = options->script,
        .preset = options->preset,
        .params = options->params,
        .n_params = options->n_params,
        .venv = options->venv,
        .isolate = options->isolate,
        .no_isolate = options->no_isolate,
        .pool = pool,
        .mode = options->mode,
        .read = {.max_pixels = options->max_pixels,
                 .max_metadata = options->max_metadata},
    };
    bool fine = viewer_run(&viewer, err);
    pool_free(pool);
    *code = interrupt_count() ? 130 : 0;
    return fine;
}
