#include "viewer/picture/develop.h"

#include <string.h>

#include "base/thread/thread.h"
#include "pipe/program/run.h"

void develop_init(Develop *develop, Pool *pool, Cancel *cancel, Cancel *leave)
{
    *develop = (Develop){.pool = pool, .cancel = cancel, .leave = leave};
}

static void forget_whole(Develop *develop)
{
    pyramid_set(&develop->whole, NULL);
    image_unref(&develop->shown);
}

void develop_term(Develop *develop)
{
    forget_whole(develop);
    pyramid_set(&develop->pyramid, NULL);
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

static bool map_native(Develop *develop, Mode mode, const Image *source, Err *err)
{
    Pool *pool = mode == MODE_SINGLE ? NULL : develop->pool;
    return run_image(develop->program, source, develop->mapped, pool,
                     develop->cancel) ||
           err_set(err, ERR_CANCELLED, "something newer is wanted");
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

/* `source` through `plan` into `mapped`. */
static bool map(Develop *develop, Mode mode, Plan *plan, Image *source,
                PythonMapping *mapping, DevelopCost *cost, Err *err)
{
    double start = thread_clock_ms(), python_ms = 0;
    bool good = compile(develop, plan, source->info.channels, err) &&
                have_room(develop, program_output(develop->program, source->info), err);
    double ready = thread_clock_ms();
    if (good && mapping)
        good = map_python(develop, mode, source, mapping, &python_ms, err);
    else if (good)
        good = map_native(develop, mode, source, err);
    cost->ms = ready - start + (mapping ? python_ms : thread_clock_ms() - ready);
    cost->megapixels = (double)source->info.width * source->info.height / 1e6;
    return good;
}

/* The visible part, scaled and then mapped. */

static bool same_view(const View *a, const View *b)
{
    return a->image == b->image && a->width == b->width && a->height == b->height &&
           view_is_same_area(a->area, b->area);
}

static bool scale(Develop *develop, const View *view, Err *err)
{
    if (develop->scaled && same_view(view, &develop->scaled_view))
        return true;
    pyramid_set(&develop->pyramid, view->source);
    Image *scaled = pyramid_view(&develop->pyramid, view->area, view->width,
                                 view->height, develop->pool, develop->leave, err);
    if (!scaled)
        return false;
    image_unref(&develop->scaled);
    develop->scaled = scaled;
    develop->scaled_view = *view;
    return true;
}

/* The whole image, mapped and then scaled. */

static bool is_whole(const Develop *develop, const View *view, const Plan *plan)
{
    return develop->whole.count && develop->image == view->image &&
           develop->plan == plan && develop->mode == view->mode;
}

static bool map_whole(Develop *develop, const View *view, Plan *plan,
                      PythonMapping *mapping, Err *err)
{
    if (is_whole(develop, view, plan))
        return true;
    forget_whole(develop); /* `mapped` must not be shared while it is written */
    if (!map(develop, view->mode, plan, view->source, mapping, &develop->cost, err))
        return false;
    pyramid_set(&develop->whole, develop->mapped);
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
    develop->shown = pyramid_view(&develop->whole, view->area, view->width,
                                  view->height, develop->pool, develop->leave, err);
    return develop->shown;
}

const Image *develop_view(Develop *develop, const View *view, Plan *plan,
                          PythonMapping *mapping, DevelopCost *cost, Err *err)
{
    *cost = (DevelopCost){0};
    if (plan && view->whole)
        return view_whole(develop, view, plan, mapping, cost, err);
    if (!scale(develop, view, err))
        return NULL;
    if (!plan)
        return develop->scaled;
    forget_whole(develop);
    if (!map(develop, view->mode, plan, develop->scaled, mapping, cost, err))
        return NULL;
    return develop->mapped;
}
