#include "python/isolate/host_stages.h"

#include <math.h>
#include <string.h>

#include "python/isolate/wire/wire_params.h"

/* A request about a curve of the stages at hand: if the child is gone, so are they. */
static bool ask_curve(const WireCurve *curve, MessageKind kind, Pack *contents,
                      Message *answer, Err *err)
{
    HostEnd *end = curve->asker;
    if (end->child.pid)
        return host_end_ask(end, kind, contents, answer, err);
    pack_term(contents);
    if (err)
        *err = end->failure;
    return false;
}

static void pack_inputs(Pack *pack, const WireCurve *curve, const double *x, size_t n)
{
    pack_u32(pack, curve->number);
    pack_u64(pack, n);
    pack_bytes(pack, x, n * sizeof *x);
}

/* The results, each a number within what an expression may give. */
static bool read_results(WireCurve *curve, const Message *answer, double *y, size_t n)
{
    Unpack unpack = unpack_begin(answer->data, answer->size);
    bool arrays = unpack_bool(&unpack), values = unpack_bool(&unpack);
    const void *bytes = unpack_bytes(&unpack, n * sizeof *y);
    if (!bytes || !unpack_done(&unpack))
        return false;
    memcpy(y, bytes, n * sizeof *y);
    for (size_t i = 0; i < n; i++)
        if (!(fabs(y[i]) <= EXPR_HUGE))
            return false;
    curve->arrays = arrays;
    curve->values = values;
    return true;
}

static bool eval(void *context, const double *x, double *y, size_t n, Err *err)
{
    WireCurve *curve = context;
    Message answer = {0};
    Pack contents = {0};
    pack_inputs(&contents, curve, x, n);
    if (!ask_curve(curve, MESSAGE_EVAL, &contents, &answer, err))
        return false;
    bool good =
        read_results(curve, &answer, y, n) || host_end_refuse(curve->asker, err);
    message_clear(&answer);
    return good;
}

/* Where the child has ended, the curve is called next, and tells of it. */
static bool agrees(void *context, const double *x, const double *y, size_t n)
{
    const WireCurve *curve = context;
    Message answer = {0};
    Pack contents = {0};
    pack_inputs(&contents, curve, x, n);
    pack_bytes(&contents, y, n * sizeof *y);
    if (!ask_curve(curve, MESSAGE_AGREES, &contents, &answer, NULL))
        return false;
    Unpack unpack = unpack_begin(answer.data, answer.size);
    bool same = unpack_bool(&unpack);
    if (!unpack_done(&unpack))
        same = host_end_refuse(curve->asker, NULL);
    message_clear(&answer);
    return same;
}

CurveCalls host_stages_calls(const Curve *curve)
{
    const WireCurve *own = curve->context;
    return (CurveCalls){own->arrays, own->values, own->why};
}

bool host_stages_ask(HostEnd *end, const ParamSet *set, const ParamValue *values,
                     WireStages *stages, Err *err)
{
    static const Curve function = {.eval = eval, .agrees = agrees};
    Message answer = {0};
    Pack contents = {0};
    pack_values(&contents, set, values);
    if (!host_end_ask(end, MESSAGE_STAGES, &contents, &answer, err))
        return false;
    Err why = {0};
    Unpack unpack = unpack_begin(answer.data, answer.size);
    bool good = unpack_stages(&unpack, &function, &end->cubes, stages, &why) &&
                unpack_done(&unpack);
    message_clear(&answer);
    if (!good && why.kind == ERR_MEMORY)
        return host_end_give_up(end, &why, err);
    if (!good)
        return host_end_refuse(end, err);
    for (int i = 0; i < stages->n_curves; i++)
        stages->curves[i].asker = end;
    return true;
}
