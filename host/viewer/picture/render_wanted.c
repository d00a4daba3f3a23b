#include "viewer/picture/render_wanted.h"

#include <math.h>

#include "base/mem.h"

typedef struct ViewMessage {
    RenderWanted *wanted;
    uint64_t number;
    View view; /* with references; the reader may take them */
} ViewMessage;

typedef struct PlanMessage {
    RenderWanted *wanted;
    Plan *plan; /* a reference; the reader may take it */
    uint64_t colors, serial;
    double since;
} PlanMessage;

static void drop_view(void *data)
{
    ViewMessage *message = data;
    pyramid_unref(&message->view.pyramid);
    plan_unref(&message->view.before);
    mem_free(message);
}

static void drop_plan(void *data)
{
    PlanMessage *message = data;
    plan_unref(&message->plan);
    mem_free(message);
}

static void take_view(void *data)
{
    ViewMessage *message = data;
    RenderWanted *wanted = message->wanted;
    pyramid_unref(&wanted->view.pyramid);
    plan_unref(&wanted->view.before);
    wanted->view = message->view;
    wanted->view_number = message->number;
    wanted->since = fmax(wanted->since, message->view.since);
    wanted->fresh = true;
    message->view.pyramid = NULL;
    message->view.before = NULL;
}

static void take_plan(void *data)
{
    PlanMessage *message = data;
    RenderWanted *wanted = message->wanted;
    plan_unref(&wanted->plan);
    wanted->plan = message->plan;
    wanted->colors = message->colors;
    wanted->serial = message->serial;
    wanted->since = fmax(wanted->since, message->since);
    wanted->fresh = true;
    message->plan = NULL;
}

void render_wanted_post_view(RenderWanted *wanted, Dispatch *inbox, const View *view,
                             uint64_t number)
{
    ViewMessage *message = mem_new(1, sizeof *message);
    *message = (ViewMessage){wanted, number, *view};
    pyramid_ref(view->pyramid);
    if (view->before)
        plan_ref(view->before);
    dispatch_post_newest(inbox, take_view,
                         &(DispatchItem){take_view, drop_view, message});
}

void render_wanted_post_plan(RenderWanted *wanted, Dispatch *inbox, Plan *plan,
                             uint64_t colors, uint64_t serial, double since)
{
    PlanMessage *message = mem_new(1, sizeof *message);
    *message = (PlanMessage){wanted, plan_ref(plan), colors, serial, since};
    dispatch_post_newest(inbox, take_plan,
                         &(DispatchItem){take_plan, drop_plan, message});
}

static void take_look(void *data)
{
    PlanMessage *message = data;
    RenderWanted *wanted = message->wanted;
    plan_unref(&wanted->look);
    wanted->look = message->plan;
    wanted->look_serial = message->serial;
    message->plan = NULL;
}

void render_wanted_post_look(RenderWanted *wanted, Dispatch *inbox, Plan *look,
                             uint64_t serial)
{
    PlanMessage *message = mem_new(1, sizeof *message);
    *message =
        (PlanMessage){.wanted = wanted, .plan = plan_ref(look), .serial = serial};
    dispatch_post_newest(inbox, take_look,
                         &(DispatchItem){take_look, drop_plan, message});
}

void render_wanted_term(RenderWanted *wanted)
{
    plan_unref(&wanted->look);
    pyramid_unref(&wanted->view.pyramid);
    plan_unref(&wanted->view.before);
    plan_unref(&wanted->plan);
}

Plan *render_wanted_plan(const RenderWanted *wanted)
{
    return wanted->view.original ? wanted->view.before : wanted->plan;
}

bool render_wanted_is_ready(const RenderWanted *wanted)
{
    if (!wanted->view.pyramid)
        return false;
    int depth = pyramid_info(wanted->view.pyramid).depth;
    return wanted->view.original || (wanted->plan && wanted->plan->depth == depth &&
                                     wanted->colors == wanted->view.colors);
}

bool render_wanted_is_work(const RenderWanted *wanted)
{
    return wanted->fresh && render_wanted_is_ready(wanted);
}

Plan *render_wanted_look(const RenderWanted *wanted)
{
    Plan *look = wanted->colors ? wanted->look : wanted->plan;
    if (!look || look->depth != pyramid_info(wanted->view.pyramid).depth)
        return NULL;
    return wanted->colors && wanted->look_serial != wanted->serial ? NULL : look;
}
