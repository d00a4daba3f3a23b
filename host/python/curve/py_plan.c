#include "python/curve/py_plan.h"

#include "python/curve/py_record.h"
#include "python/curve/py_stages.h"
#include "python/module/py_err.h"
#include "python/module/py_host.h"

/* Without the GIL. A curve without an expression takes it back to be called. */
static Plan *make(State *state, const PyStages *read, int depth, ToneCache *tones,
                  Err *err)
{
    Pool *pool = py_host_pool(state);
    NoGil nogil = py_nogil_begin(state);
    for (int i = 0; i < read->n_curves; i++)
        read->curves[i]->nogil = &nogil;
    Plan *plan = plan_new_with(read->stages, read->count, depth, tones, pool, err);
    py_nogil_end(&nogil);
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
    ToneCache *tones = tools->tones ? tools->tones : own;
    if (!py_record_cache_turn(tools->recordings))
        err_set(err, ERR_SCRIPT, "recordings");
    else if (py_stages_read(&read, stages, tools->recordings, err))
        plan = make(state, &read, depth, tones, err);
    if (plan && tools->summary)
        plan_summary_fill(tools->summary, read.stages, read.count, tones, calls_of);
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
