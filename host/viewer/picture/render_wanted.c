#include "viewer/picture/render_wanted.h"

#include <math.h>

#include "base/mem.h"

typedef struct ViewMessage {
    RenderWanted *wanted;
    uint64_t number;
    View view; /* with a reference to the source; the reader may take it */
} ViewMessage;

typedef struct PlanMessage {
    RenderWanted *wanted;
    Plan *plan; /* a reference; the reader may take it */
    uint64_t serial;
    double since;
} PlanMessage;

static void drop_view(void *data)
{
    ViewMessage *message = data;
    image_unref(&message->view.source);
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
    image_unref(&wanted->view.source);
    wanted->view = message->view;
    wanted->view_number = message->number;
    wanted->since = fmax(wanted->since, message->view.since);
    wanted->fresh = true;
    message->view.source = NULL;
}

static void take_plan(void *data)
{
    PlanMessage *message = data;
    RenderWanted *wanted = message->wanted;
    plan_unref(&wanted->plan);
    wanted->plan = message->plan;
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
    image_ref(view->source);
    dispatch_post_newest(inbox, take_view,
                         &(DispatchItem){take_view, drop_view, message});
}

void render_wanted_post_plan(RenderWanted *wanted, Dispatch *inbox, Plan *plan,
                             uint64_t serial, double since)
{
    PlanMessage *message = mem_new(1, sizeof *message);
    *message = (PlanMessage){wanted, plan_ref(plan), serial, since};
    dispatch_post_newest(inbox, take_plan,
                         &(DispatchItem){take_plan, drop_plan, message});
}

void render_wanted_term(RenderWanted *wanted)
{
    image_unref(&wanted->view.source);
    plan_unref(&wanted->plan);
}

Plan *render_wanted_plan(const RenderWanted *wanted)
{
    return wanted->view.original ? NULL : wanted->plan;
}

bool render_wanted_is_work(const RenderWanted *wanted)
{
    if (!wanted->fresh || !wanted->view.source)
        return false;
    return wanted->view.original ||
           (wanted->plan && wanted->plan->depth == wanted->view.source->info.depth);
}
