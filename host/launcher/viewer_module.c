/* The module viewer.so: the commands view and keys, and bench viewer, which bring SDL.
 */
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/interrupt.h"
#include "base/thread/pool.h"
#include "batch/file/one_file.h"
#include "launcher/bench_viewer.h"
#include "launcher/entry.h"
#include "viewer/viewer.h"
#include "viewer/viewer_keys.h"

/* A picture that is larger than memory lies on the disk: more than elsewhere. */
static const uint64_t MAX_PIXELS = (uint64_t)1 << 31;

static bool keys(const Options *options, int *code, Err *err)
{
    ViewerKeysOptions form = {.json = options->json,
                              .markdown = options->markdown,
                              .defaults = options->defaults};
    if (options->n_args)
        return err_set(err, ERR_USAGE,
                       "keys: '%s' is too much; see 'lutist keys --help'",
                       options->args[0]);
    *code = viewer_keys_print(&form) ? 0 : 2;
    return true;
}

/* A table would be an image that cannot be shown. */
static bool refuse_tables(const ViewerOptions *viewer, Err *err)
{
    for (int i = 0; i < viewer->n_inputs; i++)
        if (path_ext_is(viewer->inputs[i], "cube"))
            return err_set(err, ERR_USAGE,
                           "%s: a table, no image; 'lutist photo.jpg -s cube -p "
                           "table=%s' shows a picture through it",
                           viewer->inputs[i], viewer->inputs[i]);
    return true;
}

/* A script among the images is the look, as one that is dropped on the window. Puts the
 * images in `images`, which has room for all arguments. */
static bool take_script(const Options *options, const char **images,
                        ViewerOptions *viewer, Err *err)
{
    const char *script = NULL;
    int count = 0;
    for (int i = 0; i < viewer->n_inputs; i++) {
        if (!path_ext_is(viewer->inputs[i], "py"))
            images[count++] = viewer->inputs[i];
        else if (script)
            return err_set(err, ERR_USAGE, "%s, %s: two scripts, and one can be shown",
                           script, viewer->inputs[i]);
        else
            script = viewer->inputs[i];
    }
    if (script && options->script_given)
        return err_set(err, ERR_USAGE,
                       "%s: a script among the images, but the look is -s %s", script,
                       options->script);
    if (script && !count)
        return err_set(err, ERR_USAGE,
                       "%s: a script; an image is missing, as in 'lutist photo.jpg %s'",
                       script, script);
    viewer->inputs = images;
    viewer->n_inputs = count;
    if (script) {
        viewer->script = script;
        viewer->last_script = false;
    }
    return true;
}

static bool view(const Options *options, int *code, Err *err)
{
    ViewerOptions viewer = {
        .inputs = options->follow ? &options->follow : options->args,
        .n_inputs = options->follow ? 1 : options->n_args,
        .follow = options->follow,
        .script = options->script,
        .preset = options->preset,
        .params = options->params,
        .n_params = options->n_params,
        .venv = options->venv,
        .isolate = options->isolate,
        .no_isolate = options->no_isolate,
        .no_config = options->no_config,
        .sidecar = options->sidecar,
        .mode = options->mode,
        .device = options->device,
        .last_script = !options->script_given && !options->preset && !options->n_params,
        .last_mode = !options->mode_given,
        .display_profile = options->display_profile,
        .dither = options->dither,
        .clip = options->clip,
        .cache = options->cache,
        .develop = batch_one_file,
        .read = {.max_pixels = options->max_pixels ? options->max_pixels : MAX_PIXELS,
                 .max_metadata = options->max_metadata},
    };
    const char **images = mem_new((size_t)viewer.n_inputs + 1, sizeof *images);
    bool fine =
        refuse_tables(&viewer, err) && take_script(options, images, &viewer, err);
    viewer.pool = fine ? pool_new(options->threads, err) : NULL;
    fine = viewer.pool && viewer_run(&viewer, err);
    pool_free(viewer.pool);
    mem_free(images);
    *code = interrupt_count() ? 130 : 0;
    return fine;
}

bool entry_command(const Options *options, int *code, Err *err)
{
    switch (options->command) {
    case COMMAND_KEYS:
        return keys(options, code, err);
    case COMMAND_BENCH:
        return bench_viewer(options, code, err);
    default:
        return view(options, code, err);
    }
}
