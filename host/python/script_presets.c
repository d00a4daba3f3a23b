#include "python/script_presets.h"

#include "base/mem.h"
#include "pipe/settings.h"
#include "python/errors/py_err.h"
#include "python/module/py_call.h"
#include "python/module/py_param.h"
#include "python/pipeline/py_pipeline.h"

static const char MODULE[] = "lutist.params.presets";

/* Put a preset's values, None for the default, on `values`. */
static bool apply_row(const ParamSet *set, PyObject *row, ParamValue *values)
{
    for (int i = 0; i < set->count && !PyErr_Occurred(); i++) {
        PyObject *plain = PyTuple_GetItem(row, i);
        if (!plain || plain == Py_None)
            continue;
        ParamValue value = py_param_value(&set->params[i], plain);
        param_clear(&values[i]);
        values[i] = value;
    }
    return !PyErr_Occurred();
}

/* A preset has a value for each parameter. */
static bool take_values(const ParamSet *set, ParamValue *from, ParamValue *values)
{
    for (int i = 0; from && i < set->count; i++) {
        param_clear(&values[i]);
        values[i] = from[i];
    }
    mem_free(from);
    return from != NULL;
}

static bool apply_preset(Script *script, const char *name, ParamValue *values, Err *err)
{
    if (script_client(script))
        return take_values(script_params(script),
                           client_preset(script_client(script), name, err), values);
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *row = py_call(MODULE, "row", "(ON)", script_pipeline(script)->object,
                            PyUnicode_DecodeFSDefault(name));
    bool good = row && apply_row(script_params(script), row, values);
    if (!good)
        py_err_fetch(err);
    Py_XDECREF(row);
    PyGILState_Release(gil);
    return good;
}

ParamValue *script_settings(Script *script, const char *preset,
                            const char *const *texts, int count, Err *err)
{
    ASSERT_NO_GIL();
    const ParamSet *set = script_params(script);
    ParamValue *values = param_defaults(set);
    if ((!preset || apply_preset(script, preset, values, err)) &&
        settings_apply(set, script_name(script), texts, count, values, err))
        return values;
    param_values_free(values, set->count);
    return NULL;
}

/* One row of lutist.params.presets.rows: (name, own, values). */
static bool read_preset(const ParamSet *set, PyObject *tuple, Preset *preset)
{
    const char *name;
    int own;
    PyObject *row;
    if (!PyArg_ParseTuple(tuple, "spO!", &name, &own, &PyTuple_Type, &row))
        return false;
    *preset = (Preset){mem_dup(name), own, param_defaults(set)};
    return apply_row(set, row, preset->values);
}

/* NULL: exception set. */
static PresetList *read_list(const ParamSet *set, PyObject *pair)
{
    PyObject *rows;
    const char *problem;
    if (!PyArg_ParseTuple(pair, "O!s", &PyList_Type, &rows, &problem))
        return NULL;
    Py_ssize_t count = PyList_GET_SIZE(rows);
    PresetList *list = preset_list_new((int)count, set->count);
    list->problem = mem_dup(problem);
    while (list->count < count && !PyErr_Occurred()) {
        PyObject *tuple = PyList_GET_ITEM(rows, list->count);
        read_preset(set, tuple, &list->presets[list->count++]);
    }
    if (!PyErr_Occurred())
        return list;
    preset_list_free(list);
    return NULL;
}

PresetList *script_presets(Script *script, Err *err)
{
    ASSERT_NO_GIL();
    if (script_client(script))
        return client_presets(script_client(script), err);
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *pair = py_call(MODULE, "rows", "(O)", script_pipeline(script)->object);
    PresetList *list = pair ? read_list(script_params(script), pair) : NULL;
    if (!list)
        py_err_fetch(err);
    Py_XDECREF(pair);
    PyGILState_Release(gil);
    return list;
}

/* The outcome of a call; takes `result`. */
static bool finish(PyObject *result, Err *err)
{
    bool good = result != NULL;
    if (!good)
        py_err_fetch(err);
    Py_XDECREF(result);
    return good;
}

bool script_preset_save(Script *script, const char *name, const ParamValue *values,
                        Err *err)
{
    ASSERT_NO_GIL();
    if (script_client(script))
        return client_preset_save(script_client(script), name, values, err);
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *result =
        py_call(MODULE, "save_row", "(ONN)", script_pipeline(script)->object,
                PyUnicode_DecodeFSDefault(name),
                py_param_values(script_params(script), values));
    bool good = finish(result, err);
    PyGILState_Release(gil);
    return good;
}

bool script_preset_delete(Script *script, const char *name, Err *err)
{
    ASSERT_NO_GIL();
    if (script_client(script))
        return client_preset_delete(script_client(script), name, err);
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *result =
        py_call(MODULE, "delete", "(ON)", script_pipeline(script)->object,
                PyUnicode_DecodeFSDefault(name));
    bool good = finish(result, err);
    PyGILState_Release(gil);
    return good;
}
