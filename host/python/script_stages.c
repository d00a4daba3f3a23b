#include "python/script_stages.h"

#include "base/mem.h"
#include "pipe/settings.h"
#include "python/curve/py_plan.h"
#include "python/curve/py_record.h"
#include "python/curve/py_stages.h"
#include "python/pipeline/py_pipeline.h"
#include "python/script.h"

struct ScriptStages {
    const PyPipeline *pipeline; /* borrowed */
    PyObject *list;             /* owned: it has the cubes */
    PyStages read;
    SettingText setting;
};

static bool read_stages(ScriptStages *stages, const ParamValue *values, Err *err)
{
    PyObject *recordings = stages->pipeline->recordings;
    stages->list = py_pipeline_stages(stages->pipeline, values, err);
    if (!stages->list)
        return false;
    bool good = py_record_cache_turn(recordings, err) &&
                py_stages_read(&stages->read, stages->list, recordings, err);
    if (!good)
        py_plan_fail(stages->setting, err);
    return good;
}

ScriptStages *script_stages_new(Script *script, const ParamValue *values, Err *err)
{
    ASSERT_NO_GIL();
    ScriptStages *stages = mem_new(1, sizeof *stages);
    stages->pipeline = script_pipeline(script);
    settings_describe(script_params(script), values, stages->setting);
    PyGILState_STATE gil = PyGILState_Ensure();
    bool good = read_stages(stages, values, err);
    PyGILState_Release(gil);
    if (good)
        return stages;
    script_stages_free(stages);
    return NULL;
}

/* The curves may have run the script's code until now. */
void script_stages_free(ScriptStages *stages)
{
    if (!stages)
        return;
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    py_stages_clear(&stages->read);
    Py_CLEAR(stages->list);
    py_pipeline_restore(stages->pipeline, NULL);
    PyGILState_Release(gil);
    mem_free(stages);
}

const Stage *script_stages_list(const ScriptStages *stages, int *count)
{
    *count = stages->read.count;
    return stages->read.stages;
}

int script_stages_curves(const ScriptStages *stages)
{
    return stages->read.n_curves;
}

const Curve *script_stages_curve(const ScriptStages *stages, int number)
{
    return &stages->read.curves[number]->curve;
}

CurveCalls script_stages_calls(const ScriptStages *stages, int number)
{
    const PyCurve *curve = stages->read.curves[number];
    return (CurveCalls){curve->arrays, curve->values, curve->why};
}

/* A curve is called from a stretch without the GIL, as plans are made in one. */
static PyCurve *enter(ScriptStages *stages, int number, NoGil *nogil)
{
    PyCurve *curve = stages->read.curves[number];
    *nogil = py_nogil_begin(stages->pipeline->state);
    curve->nogil = nogil;
    return curve;
}

static void leave(PyCurve *curve, const NoGil *nogil)
{
    py_nogil_end(nogil);
    curve->nogil = NULL;
}

bool script_stages_eval(ScriptStages *stages, int number, const double *x, double *y,
                        size_t n, Err *err)
{
    ASSERT_NO_GIL();
    NoGil nogil;
    PyGILState_STATE gil = PyGILState_Ensure();
    PyCurve *own = enter(stages, number, &nogil);
    bool good = own->curve.eval(own, x, y, n, err);
    leave(own, &nogil);
    if (!good)
        py_plan_fail(stages->setting, err);
    PyGILState_Release(gil);
    return good;
}

bool script_stages_agrees(ScriptStages *stages, int number, const double *x,
                          const double *y, size_t n)
{
    ASSERT_NO_GIL();
    NoGil nogil;
    PyGILState_STATE gil = PyGILState_Ensure();
    PyCurve *own = enter(stages, number, &nogil);
    bool same = !own->curve.agrees || own->curve.agrees(own, x, y, n);
    leave(own, &nogil);
    PyGILState_Release(gil);
    return same;
}
