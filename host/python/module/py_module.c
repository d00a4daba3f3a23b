#include "python/module/py_module.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "batch/file/claims.h"
#include "python/attend/py_attend.h"
#include "python/curve/py_cube.h"
#include "python/curve/py_record.h"
#include "python/errors/py_exceptions.h"
#include "python/functions/py_apply.h"
#include "python/functions/py_apply_array.h"
#include "python/functions/py_batch.h"
#include "python/functions/py_export.h"
#include "python/functions/py_file_info.h"
#include "python/image/py_image.h"
#include "python/image/py_image_load.h"
#include "python/image/py_image_type.h"
#include "python/modes/py_span.h"
#include "python/module/py_host.h"
#include "python/module/py_nogil.h"

static PyObject *log_line(PyObject *module, PyObject *text)
{
    (void)module;
    const char *line = PyUnicode_AsUTF8(text);
    if (!line)
        return NULL;
    log_error("%s", line);
    Py_RETURN_NONE;
}

static PyObject *data_folder(PyObject *module, PyObject *unused)
{
    (void)module, (void)unused;
    char *path = path_own(PATH_DATA, NULL);
    PyObject *result = path ? PyUnicode_DecodeFSDefault(path) : Py_NewRef(Py_None);
    mem_free(path);
    return result;
}

static PyMethodDef functions[] = {
    {"open", (PyCFunction)(void (*)(void))py_image_load_path,
     METH_VARARGS | METH_KEYWORDS,
     "open(path, *, max_pixels=0)\n--\n\nFor lutist.images."},
    {"decode", py_image_load_bytes, METH_VARARGS, "For lutist.images."},
    {"apply", py_apply, METH_VARARGS,
     "apply(stages, image, mode=None) -> Image\n\nRun flattened stages over an image; "
     "the native modes without the GIL."},
    {"apply_array", py_apply_array, METH_VARARGS,
     "apply_array(stages, array, empty, mode) -> array, or None in Python's modes\n\n"
     "For lutist.arrays."},
    {"batch", (PyCFunction)(void (*)(void))py_batch, METH_VARARGS | METH_KEYWORDS,
     "The engine of lutist.batch."},
    {"data_folder", data_folder, METH_NOARGS,
     "data_folder() -> path, or None where the user has no home\n\nlutist's own in the "
     "user's data folder, $XDG_DATA_HOME."},
    {"journal_place", py_batch_journal, METH_O, "For lutist.dask."},
    {"file_info", py_file_info, METH_VARARGS, "For lutist.per_image.info."},
    {"file_histogram", py_file_histogram, METH_VARARGS, "For lutist.per_image.info."},
    {"export", py_export, METH_VARARGS, "The engine of Pipeline.export."},
    {"interrupted", py_attend_signal, METH_VARARGS,
     "interrupted(number, frame)\n--\n\nThe handler of the attendant's signal."},
    {"log", log_line, METH_O, "For lutist.host.timers."},
    {"close", py_nogil_close, METH_NOARGS, "For atexit."},
    {"after_fork", py_nogil_after_fork, METH_NOARGS, "For os.register_at_fork."},
    {"expression", py_record_expression, METH_VARARGS,
     "expression(nodes, constants) -> expression or None\n\nWhat "
     "lutist.recording.record "
     "records, "
     "for C."},
    {"evaluate", py_record_evaluate, METH_VARARGS,
     "evaluate(expression, inputs) -> bytes or None\n\nWhat an expression gives for a "
     "buffer of float64; None where one of them has no value."},
    {"cube", py_cube_copy, METH_VARARGS, "For lutist.cubes."},
    {"read_cube", py_cube_read, METH_VARARGS, "For lutist.cubes."},
    {NULL},
};

/* MODES: their names, python first. */
static int add_modes(PyObject *module)
{
    PyObject *names = PyTuple_New(MODES);
    Mode mode = MODE_PARALLEL;
    for (int i = 0; names && i < MODES; i++) {
        mode = mode_next(mode);
        PyObject *name = PyUnicode_FromString(mode_name(mode));
        if (!name)
            Py_CLEAR(names);
        else
            PyTuple_SET_ITEM(names, i, name);
    }
    int failed = names ? PyModule_AddObjectRef(module, "MODES", names) : -1;
    Py_XDECREF(names);
    return failed;
}

static int module_exec(PyObject *module)
{
    State *state = PyModule_GetState(module);
    state->cleaned = PySet_New(NULL);
    state->opened = claims_new();
    state->gate = shutdown_gate_new();
    py_state_begin_temps(state);
    bool good = state->cleaned && py_image_type_add(module, state) == 0 &&
                py_span_type_add(module, state) == 0 &&
                py_exceptions_add(module, state) == 0 && add_modes(module) == 0 &&
                PyModule_AddStringConstant(module, "__version__", LUTIST_VERSION) == 0;
    PyObject *ops = good ? py_record_ops() : NULL;
    int failed = !ops || PyModule_AddObjectRef(module, "expr_ops", ops) < 0;
    Py_XDECREF(ops);
    return failed ? -1 : 0;
}

static int visit_exceptions(State *state, visitproc visit, void *arg)
{
    for (int i = 0; py_exceptions_slot(state, i); i++)
        Py_VISIT(*py_exceptions_slot(state, i));
    return 0;
}

static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);
    Py_VISIT(state->image_type);
    Py_VISIT(state->span_type);
    Py_VISIT(state->cleaned);
    return visit_exceptions(state, visit, arg);
}

static int module_clear(PyObject *module)
{
    State *state = PyModule_GetState(module);
    Py_CLEAR(state->image_type);
    Py_CLEAR(state->span_type);
    Py_CLEAR(state->cleaned);
    for (int i = 0; py_exceptions_slot(state, i); i++)
        Py_CLEAR(*py_exceptions_slot(state, i));
    return 0;
}

static void module_free(void *module)
{
    State *state = PyModule_GetState(module);
    module_clear(module);
    claims_free(state->opened);
    py_image_spare_drop(state);
    pool_free(py_host_take_pool(state));
    py_state_end_temps(state);
    py_host_close_opencl(state);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_lutist",
    .m_doc = "The host's half of lutist.",
    .m_size = sizeof(State),
    .m_methods = functions,
    .m_slots = module_slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC PyInit__lutist(void)
{
    return PyModuleDef_Init(&definition);
}
