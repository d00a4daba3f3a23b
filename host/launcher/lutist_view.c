/* lutist-view: the viewer, which links SDL, as a program of its own.
 *
 * `lutist` goes on as this program when a window is wanted, with the arguments that it
 * was given and has found good.
 */
#include <signal.h>

#include "base/log.h"
#include "base/thread/interrupt.h"
#include "base/thread/pool.h"
#include "cli.h"
#include "viewer/viewer.h"

static bool view(const Options *options, Err *err)
{
    Pool *pool = pool_new(options->threads, err);
    if (!pool)
        return false;
    ViewerOptions viewer = {
        .inputs = options->args,
        .n_inputs = options->n_args,
        .script = options->script,
        .params = options->params,
        .n_params = options->n_params,
        .venv = options->venv,
        .pool = pool,
        .mode = options->mode,
        .read = {.max_pixels = options->max_pixels,
                 .max_metadata = options->max_metadata},
    };
    bool fine = viewer_run(&viewer, err);
    pool_free(pool);
    return fine;
}

int main(int argc, char **argv)
{
    Options options;
    Err err = {0};
    signal(SIGPIPE, SIG_IGN);
    bool fine = cli_parse(argc, argv, &options, &err);
    if (fine) {
        log_set_level(options.quiet     ? LOG_ERROR
                      : options.verbose ? LOG_DEBUG
                                        : LOG_INFO);
        fine = view(&options, &err);
        cli_clear(&options);
    }
    if (fine)
        return interrupt_count() ? 130 : 0;
    log_failure(&err);
    return err_exit_code(&err);
}
