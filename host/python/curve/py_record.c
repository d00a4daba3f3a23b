#include "python/curve/py_record.h"

#include "base/mem.h"
#include "python/module/py_call.h"

PyObject *py_record_ops(void)
{
    ASSERT_GIL();
    PyObject *names = PyTuple_New(EXPR_OPS);
    for (int i = 0; names && i < EXPR_OPS; i++) {
        PyObject *name = PyUnicode_FromString(expr_op_name(i));
        if (!name)
            Py_CLEAR(names);
        else
            PyTuple_SET_ITEM(names, i, name);
    }
    return names;
}

/* A small number of a node's tuple. */
static uint16_t number_at(PyObject *tuple, Py_ssize_t at)
{
    return (uint16_t)PyLong_AsLong(PyTuple_GetItem(tuple, at));
}

static ExprNode read_node(PyObject *tuple, PyObject *constants)
{
    ExprNode node = {.op = number_at(tuple, 0)};
    if (expr_op_has_table(node.op)) {
        node.a = number_at(tuple, 1);
        node.value = PyFloat_AsDouble(PyList_GetItem(constants, number_at(tuple, 2)));
    } else if (node.op == EXPR_CONST) {
        node.value = PyFloat_AsDouble(PyList_GetItem(constants, number_at(tuple, 1)));
    } else if (node.op != EXPR_X) {
        node.a = number_at(tuple, 1);
        node.b = number_at(tuple, 2);
        node.c = number_at(tuple, 3);
    }
    return node;
}

static Expr *read_nodes(PyObject *list, PyObject *constants, const Py_buffer *tables,
                        Err *err)
{
    Py_ssize_t count = PyList_Size(list);
    if (count < 1 || count > EXPR_MOST_NODES)
        return NULL;
    ExprNode *nodes = mem_new((size_t)count, sizeof *nodes);
    for (Py_ssize_t i = 0; i < count; i++)
        nodes[i] = read_node(PyList_GetItem(list, i), constants);
    Expr *expr = PyErr_Occurred()
                     ? NULL
                     : expr_new_with(nodes, (int)count, tables->buf,
                                     (size_t)tables->len / sizeof(double), err);
    mem_free(nodes);
    return expr;
}

static const char CAPSULE[] = "lutist.expression";

static void drop_expression(PyObject *capsule)
{
    Expr *expr = PyCapsule_GetPointer(capsule, CAPSULE);
    expr_unref(&expr);
}

PyObject *py_record_expression(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    PyObject *nodes, *constants;
    Py_buffer tables;
    Err err = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!y*:expression", &PyList_Type, &nodes, &PyList_Type,
                          &constants, &tables))
        return NULL;
    Expr *expr = read_nodes(nodes, constants, &tables, &err);
    PyBuffer_Release(&tables);
    if (!expr && err.kind == ERR_MEMORY)
        return PyErr_NoMemory();
    if (!expr)
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    PyObject *capsule = PyCapsule_New(expr, CAPSULE, drop_expression);
    if (!capsule)
        expr_unref(&expr);
    return capsule;
}

PyObject *py_record_evaluate(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    PyObject *capsule, *result = NULL;
    Py_buffer inputs;
    (void)module;
    if (!PyArg_ParseTuple(args, "Oy*:evaluate", &capsule, &inputs))
        return NULL;
    const Expr *expr = PyCapsule_GetPointer(capsule, CAPSULE);
    if (expr)
        result = PyBytes_FromStringAndSize(NULL, inputs.len);
    if (result && !expr_eval(expr, inputs.buf, (double *)PyBytes_AsString(result),
                             (size_t)inputs.len / sizeof(double)))
        Py_SETREF(result, Py_NewRef(Py_None));
    PyBuffer_Release(&inputs);
    return result;
}

/* The pair of lutist.recording.record.record. */
static Expr *read_recording(PyObject *pair, char *why, size_t size)
{
    PyObject *capsule;
    const char *reason;
    if (!PyArg_ParseTuple(pair, "Oz", &capsule, &reason))
        return NULL;
    if (reason) {
        snprintf(why, size, "%s", reason);
        return NULL;
    }
    Expr *expr = PyCapsule_GetPointer(capsule, CAPSULE);
    return expr ? expr_ref(expr) : NULL;
}

bool py_record(PyObject *cache, PyObject *function, Expr **expr, char *why, size_t size)
{
    ASSERT_GIL();
    PyObject *pair =
        cache ? PyObject_CallMethod(cache, "record", "O", function)
              : py_call("lutist.recording.record", "record", "(O)", function);
    *expr = pair ? read_recording(pair, why, size) : NULL;
    Py_XDECREF(pair);
    return !PyErr_Occurred();
}

PyObject *py_record_cache_new(void)
{
    ASSERT_GIL();
    return py_call("lutist.recording.record_cache", "RecordCache", "()");
}

bool py_record_cache_turn(PyObject *cache, Err *err)
{
    ASSERT_GIL();
    PyObject *done =
        cache ? PyObject_CallMethod(cache, "turn", NULL) : Py_NewRef(Py_None);
    Py_XDECREF(done);
    return done || err_set(err, ERR_SCRIPT, "the recorded functions of the last plan");
}
