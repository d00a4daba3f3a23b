#include "viewer/picture/develop.h"

#include <string.h>

#include "base/log.h"
#include "base/thread/thread.h"
#include "pipe/convert/halve_image.h"
#include "pipe/program/compile.h"
#include "pipe/program/run_halved.h"

void develop_init(Develop *develop, Pool *pool, Cancel *cancel, Cancel *leave,
                  const char *device)
{
    *develop =
        (Develop){.pool = pool, .cancel = cancel, .leave = leave, .device = device};
}

static void close_device(Develop *develop)
{
    opencl_close(develop->opencl);
    develop->opencl = NULL;
}

static void forget_whole(Develop *develop)
{
    if (develop->whole) {
        pyramid_unref(&develop->spare);
        develop->spare = pyramid_strip(&develop->whole);
    }
    image_unref(&develop->shown);
}

void develop_term(Develop *develop)
{
    forget_whole(develop);
    close_device(develop);
    pyramid_unref(&develop->spare);
    pyramid_unref(&develop->pyramid);
    image_unref(&develop->scaled);
    image_unref(&develop->mapped);
    program_unref(&develop->program);
    plan_unref(&develop->plan);
}

/* The program and the memory for its result. */

static bool compile(Develop *develop, Plan *plan, int channels, Err *err)
{
    if (develop->program && develop->plan == plan && develop->channels == channels)
        return true;
    Program *program = compile_plan(plan, channels, err);
    if (!program)
        return false;
    program_unref(&develop->program);
    plan_unref(&develop->plan);
    develop->program = program;
    develop->plan = plan_ref(plan);
    develop->channels = channels;
    return true;
}

static bool have_room(Develop *develop, ImageInfo info, Err *err)
{
    if (develop->mapped && memcmp(&develop->mapped->info, &info, sizeof info) == 0)
        return true;
    image_unref(&develop->mapped);
    develop->mapped = image_new(info, err);
    return develop->mapped != NULL;
}

/* Mapping. */

static bool map_native(Develop *develop, Mode mode, const Image *source, int halvings,
                       Err *err)
{
    Pool *pool = mode == MODE_SINGLE ? NULL : develop->pool;
    return run_image_halved(develop->program, source, develop->mapped, halvings, pool,
                            develop->cancel) ||
           err_set(err, ERR_CANCELLED, "something newer is wanted");
}

/* The source stays on the device for the next plan. Nothing comes back where the CPU
 * has mapped all. */
static bool map_device(Develop *develop, Image *source, int halvings, PyramidPart *part,
                       Err *err)
{
    OpenClTraffic traffic = {0};
    OpenClWay way = {.halvings = halvings,
                     .part = {part->x, part->y, part->width, part->height},
                     .keep = true,
                     .pool = develop->pool,
                     .cancel = develop->cancel,
                     .traffic = &traffic};
    if (!develop->opencl)
        develop->opencl = opencl_open(develop->device, err);
    bool good = develop->opencl && opencl_map(develop->opencl, develop->program, source,
                                              develop->mapped, &way, err);
    if (good)
        log_debug("opencl: %.0f bytes of pixels and %.0f of tables went to the device, "
                  "%.0f came back",
                  (double)traffic.pixels_up, (double)traffic.tables_up,
                  (double)traffic.pixels_down);
    else if (err->kind == ERR_USAGE)
        err->kind = ERR_ENV; /* the window is open: the mode before it comes back */
    if (!traffic.pixels_down)
        *part = (PyramidPart){0};
    if (!good && err->kind == ERR_ENV)
        close_device(develop);
    return good;
}

/* *ms becomes the time in Python, without the wait for its thread. */
static bool map_python(Develop *develop, Mode mode, Image *source,
                       PythonMapping *mapping, double *ms, Err *err)
{
    if (python_mapping_run(mapping, mode, develop->program, source, develop->mapped, ms,
                           err))
        return true;
    image_unref(&develop->mapped); /* an abandoned mapping may still write to it */
    return false;
}

/* The program of `plan` for `source`, and room for its result after so many halvings.
 */
static bool prepare(Develop *develop, Plan *plan, const Image *source, int halvings,
                    Err *err)
{
    if (!compile(develop, plan, source->info.channels, err))
        return false;
    ImageInfo info = program_output(develop->program, source->info);
    while (halvings--)
        info = halve_image_info(info);
    return have_room(develop, info, err);
}

/* `source` through `plan` into `mapped`, halved so often; *part of it at least. *part
 * is then what is there. */
static bool map(Develop *develop, Mode mode, Plan *plan, Image *source, int halvings,
                PyramidPart *part, PythonMapping *mapping, DevelopCost *cost, Err *err)
{
    double start = thread_clock_ms(), python_ms = 0;
    if (mode != MODE_OPENCL)
        close_device(develop);
    bool good = prepare(develop, plan, source, halvings, err);
    double ready = thread_clock_ms();
    if (good && mapping)
        good = map_python(develop, mode, source, mapping, &python_ms, err);
    else if (good && mode == MODE_OPENCL)
        good = map_device(develop, source, halvings, part, err);
    else if (good)
        good = map_native(develop, mode, source, halvings, err);
    if (mode != MODE_OPENCL)
        *part = (PyramidPart){0};
    cost->ms = ready - start + (mapping ? python_ms : thread_clock_ms() - ready);
    cost->megapixels = (double)source->info.width * source->info.height / 1e6;
    return good;
}

/* The visible part, scaled and then mapped. */

static bool same_view(const View *a, const View *b)
{
    return a->pyramid == b->pyramid && a->width == b->width && a->height == b->height &&
           view_is_same_area(a->area, b->area);
}

static bool scale(Develop *develop, const View *view, Err *err)
{
    if (develop->scaled && same_view(view, &develop->scaled_view))
        return true;
    Image *scaled = pyramid_view(view->pyramid, view->area, view->width, view->height,
                                 develop->pool, develop->leave, err);
    if (!scaled)
        return false;
    pyramid_ref(view->pyramid);
    pyramid_unref(&develop->pyramid);
    image_unref(&develop->scaled);
    develop->pyramid = view->pyramid;
    develop->scaled = scaled;
    develop->scaled_view = *view;
    return true;
}

const Image *develop_scaled(Develop *develop, const View *view, Err *err)
{
    return scale(develop, view, err) ? develop->scaled : NULL;
}

Image *develop_part(const Develop *develop, const View *view, Err *err)
{
    return pyramid_view(view->pyramid, view->area, view->width, view->height,
                        develop->pool, develop->leave, err);
}

/* The whole image, mapped and then scaled. */

static int halvings_of(const View *view)
{
    return pyramid_halvings(view->area, view->width, view->height);
}

/* What the view reads of `mapped`; all, where it reads further halvings of that. */
static PyramidPart part_of(const View *view, ImageInfo made)
{
    if (halvings_of(view) > RUN_HALVED_MOST)
        return (PyramidPart){0};
    return pyramid_part(made, view->area, view->width, view->height);
}

static bool is_inside(PyramidPart part, PyramidPart other)
{
    return part.x >= other.x && part.x + part.width <= other.x + other.width &&
           part.y >= other.y && part.y + part.height <= other.y + other.height;
}

static bool is_whole(const Develop *develop, const View *view, const Plan *plan)
{
    if (!develop->whole || develop->image != view->image || develop->plan != plan ||
        develop->mode != view->mode)
        return false;
    int first = pyramid_first(develop->whole), needed = halvings_of(view);
    if (!develop->part.width)
        return first <= needed;
    PyramidPart part = part_of(view, pyramid_info(develop->whole));
    return first == needed && is_inside(part, develop->part);
}

/* Only what the view needs is kept of the mapped image. Python maps into all of it. */
static bool map_whole(Develop *develop, const View *view, Plan *plan,
                      PythonMapping *mapping, Err *err)
{
    if (is_whole(develop, view, plan))
        return true;
    Image *source = pyramid_image(view->pyramid);
    int needed = halvings_of(view);
    int halvings = mapping ? 0 : needed < RUN_HALVED_MOST ? needed : RUN_HALVED_MOST;
    forget_whole(develop); /* `mapped` must not be shared while it is written */
    develop->part = part_of(view, source->info);
    if (!map(develop, view->mode, plan, source, halvings, &develop->part, mapping,
             &develop->cost, err))
        return false;
    develop->whole = pyramid_new_in(program_output(develop->program, source->info),
                                    develop->mapped, halvings, &develop->spare);
    develop->mode = view->mode;
    develop->image = view->image;
    return true;
}

static const Image *view_whole(Develop *develop, const View *view, Plan *plan,
                               PythonMapping *mapping, DevelopCost *cost, Err *err)
{
    if (!map_whole(develop, view, plan, mapping, err))
        return NULL;
    *cost = develop->cost;
    image_unref(&develop->shown);
    develop->shown = pyramid_view(develop->whole, view->area, view->width, view->height,
                                  develop->pool, develop->leave, err);
    return develop->shown;
}

const Image *develop_view(Develop *develop, const View *view, Plan *plan,
                          PythonMapping *mapping, DevelopCost *cost, Err *err)
{
    *cost = (DevelopCost){0};
    if (plan && view->whole && !view->original && !view->rough)
        return view_whole(develop, view, plan, mapping, cost, err);
    if (!scale(develop, view, err))
        return NULL;
    if (!plan)
        return develop->scaled;
    forget_whole(develop);
    pyramid_unref(&develop->spare);
    PyramidPart all = {0};
    if (!map(develop, view->mode, plan, develop->scaled, 0, &all, mapping, cost, err))
        return NULL;
    return develop->mapped;
}
