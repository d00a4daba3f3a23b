#include "python/module/py_param.h"

#include <string.h>

#include "base/mem.h"

static char *text_of(PyObject *tuple, Py_ssize_t at)
{
    PyObject *item = PyTuple_GetItem(tuple, at);
    const char *utf8 = item ? PyUnicode_AsUTF8(item) : NULL;
    return utf8 ? mem_dup(utf8) : NULL;
}

/* A path may hold bytes that are no text. */
static char *path_of(PyObject *item)
{
    PyObject *bytes = PyUnicode_EncodeFSDefault(item);
    char *copy = bytes ? mem_dup(PyBytes_AsString(bytes)) : NULL;
    Py_XDECREF(bytes);
    return copy;
}

static double number_of(PyObject *tuple, Py_ssize_t at)
{
    PyObject *item = PyTuple_GetItem(tuple, at);
    return item ? PyFloat_AsDouble(item) : -1;
}

static void read_choices(Param *param, PyObject *choices)
{
    Py_ssize_t count = PyTuple_Size(choices);
    if (count < 0)
        return;
    param->choices = mem_new((size_t)count, sizeof *param->choices);
    for (; param->n_choices < count; param->n_choices++)
        param->choices[param->n_choices] = text_of(choices, param->n_choices);
}

ParamValue py_param_value(const Param *param, PyObject *plain)
{
    ASSERT_GIL();
    if (param->kind == PARAM_SLIDER || param->kind == PARAM_TOGGLE)
        return param_number(PyFloat_AsDouble(plain));
    ParamValue value = {0};
    Err err;
    char *text = path_of(plain);
    if (text && param->kind == PARAM_FILE)
        value = param_text(text); /* whether it exists is found out when it is used */
    else if (text && !param_parse(param, text, &value, &err))
        PyErr_SetString(PyExc_ValueError, err.text);
    mem_free(text);
    return value;
}

/* The tuple is that of the control's describe(): kind, name, label, unit, lo, hi, step,
 * log, choices, initial, whole, group, help, pattern, enabled_by. */
static void read_param(Param *param, PyObject *tuple)
{
    param->kind = (ParamKind)(int)number_of(tuple, 0);
    param->name = text_of(tuple, 1);
    param->label = text_of(tuple, 2);
    param->unit = text_of(tuple, 3);
    param->lo = number_of(tuple, 4);
    param->hi = number_of(tuple, 5);
    param->step = number_of(tuple, 6);
    param->log = number_of(tuple, 7) != 0;
    read_choices(param, PyTuple_GetItem(tuple, 8));
    param->whole = number_of(tuple, 10) != 0;
    param->group = text_of(tuple, 11);
    param->help = text_of(tuple, 12);
    param->pattern = text_of(tuple, 13);
    param->enabled_by = text_of(tuple, 14);
    if (!PyErr_Occurred())
        param->initial = py_param_value(param, PyTuple_GET_ITEM(tuple, 9));
}

ParamSet *py_param_set(PyObject *pipeline)
{
    ASSERT_GIL();
    PyObject *list = PyObject_CallMethod(pipeline, "describe", NULL);
    Py_ssize_t count = list ? PyList_Size(list) : -1;
    if (count < 0) {
        Py_XDECREF(list);
        return NULL;
    }
    Param *params = mem_new((size_t)count, sizeof *params);
    for (int i = 0; i < count && !PyErr_Occurred(); i++)
        read_param(&params[i], PyList_GetItem(list, i));
    Py_DECREF(list);
    ParamSet *set = param_set_new(params, (int)count);
    if (PyErr_Occurred())
        param_set_unref(&set);
    return set;
}

static PyObject *value_of(const Param *param, ParamValue value)
{
    switch (param->kind) {
    case PARAM_SLIDER:
        return param->whole ? PyLong_FromDouble(value.number)
                            : PyFloat_FromDouble(value.number);
    case PARAM_CHOICE:
        return PyUnicode_FromString(param->choices[(int)value.number]);
    case PARAM_TOGGLE:
        return PyBool_FromLong(value.number != 0);
    default:
        return PyUnicode_DecodeFSDefault(param_text_of(value));
    }
}

PyObject *py_param_values(const ParamSet *set, const ParamValue *values)
{
    ASSERT_GIL();
    PyObject *tuple = PyTuple_New(set->count);
    for (int i = 0; tuple && i < set->count; i++) {
        PyObject *value = value_of(&set->params[i], values[i]);
        if (!value)
            Py_CLEAR(tuple);
        else
            PyTuple_SET_ITEM(tuple, i, value);
    }
    return tuple;
}
