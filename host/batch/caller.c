#include "batch/caller.h"

#include "base/mem.h"

/* A worker's request. It is left behind if the plan does not come. */
typedef struct PlanRequest {
    Caller *caller;
    CallerPlan *wanted;
} PlanRequest;

/* On the worker's stack. */
typedef struct MapRequest {
    const BatchHooks *hooks;
    const BatchStrip *strip;
    Err *err;
    bool mapped; /* the answer */
} MapRequest;

void caller_init(Caller *caller, const BatchHooks *hooks, Cancel *cancel)
{
    *caller = (Caller){.hooks = hooks, .dispatch = dispatch_new(), .cancel = cancel};
}

void caller_term(Caller *caller)
{
    dispatch_free(caller->dispatch);
}

/* On the caller's thread. */
static void give_plan(void *data)
{
    const PlanRequest *request = data;
    Caller *caller = request->caller;
    const BatchHooks *hooks = caller->hooks;
    CallerPlan *wanted = request->wanted;
    if (atomic_load(&wanted->plan) || caller->err.kind)
        return;
    Plan *plan = hooks->plan(hooks->context, wanted->look, wanted->depth, wanted->after,
                             &caller->err);
    atomic_store(&wanted->plan, plan);
}

/* On the caller's thread. */
static void map_strip(void *data)
{
    MapRequest *request = data;
    const BatchHooks *hooks = request->hooks;
    request->mapped = hooks->map(hooks->context, request->strip, request->err);
}

/* Takes `request`, unless `drop` is NULL. False: the run was stopped before the answer.
 */
static bool ask(Caller *caller, dispatch_fn run, dispatch_fn drop, void *request)
{
    const DispatchItem item = {.run = run, .drop = drop, .data = request};
    return dispatch_run(caller->dispatch, &item, caller->cancel) == DISPATCH_DONE;
}

bool caller_plan(Caller *caller, CallerPlan *wanted, Err *err)
{
    if (!atomic_load(&wanted->plan)) {
        PlanRequest *request = mem_new(1, sizeof *request);
        *request = (PlanRequest){caller, wanted};
        ask(caller, give_plan, mem_free, request);
    }
    return atomic_load(&wanted->plan) || err_set(err, ERR_CANCELLED, "interrupted");
}

bool caller_map(Caller *caller, const BatchStrip *strip, Err *err)
{
    MapRequest request = {.hooks = caller->hooks, .strip = strip, .err = err};
    if (!ask(caller, map_strip, NULL, &request))
        return err_set(err, ERR_CANCELLED, "interrupted");
    return request.mapped;
}
