#include "python/curve/py_plan.h"

#include "base/mem.h"
#include "pipe/plan/plan_points.h"
#include "python/curve/py_record.h"
#include "python/curve/py_stages.h"
#include "python/errors/py_err.h"
#include "python/module/py_host.h"

/* Without the GIL. A curve without an expression takes it back to be called. */
static Plan *make(State *state, const PyStages *read, int depth, const PlanTools *tools,
                  Err *err)
{
    int count;
    Stage *stages =
        color_conversion_after(tools->after, read->stages, read->count, &count);
    Pool *pool = py_host_pool(state);
    NoGil nogil = py_nogil_begin(state);
    for (int i = 0; i < read->n_curves; i++)
        read->curves[i]->nogil = &nogil;
    Plan *plan = tools->points
                     ? plan_points_new(stages, count, tools->points, pool, err)
                     : plan_new_with(stages, count, depth, tools->tones, pool, err);
    py_nogil_end(&nogil);
    mem_free(stages);
    return plan;
}

static CurveCalls calls_of(const Curve *curve)
{
    const PyCurve *own = curve->context;
    return (CurveCalls){own->arrays, own->values, own->why};
}

Plan *py_plan_new(State *state, PyObject *stages, int depth, const PlanTools *tools,
                  Err *err)
{
    ASSERT_GIL();
    PyStages read = {0};
    Plan *plan = NULL;
    ToneCache *own = tools->tones ? NULL : tone_cache_new();
    PlanTools with = *tools;
    with.tones = tools->tones ? tools->tones : own;
    if (py_record_cache_turn(tools->recordings, err) &&
        py_stages_read(&read, stages, tools->recordings, err))
        plan = make(state, &read, depth, &with, err);
    if (plan && tools->summary)
        plan_summary_fill(tools->summary, read.stages, read.count, with.tones,
                          calls_of);
    tone_cache_free(own);
    py_stages_clear(&read);
    return plan;
}

bool py_plan_fail(const char *setting, Err *err)
{
    ASSERT_GIL();
    if (!PyErr_Occurred())
        return false;
    char where[160], note[sizeof err->text];
    snprintf(where, sizeof where, "%.150s", err->text);
    snprintf(note, sizeof note, "%s%s%.500s", where, setting[0] ? "; " : "", setting);
    py_err_fetch_noted(note, err);
    return err->kind == ERR_SCRIPT ? err_in(err, where) : false;
}
