/* _lutist.apply: stages, an image and a mode → a new image. */
#include "pipe/program/run.h"
#include "python/py_call.h"
#include "python/py_pass.h"

bool py_mode(const State *state, PyObject *object, Mode *mode)
{
    ASSERT_GIL();
    Err err;
    *mode = state->mode;
    if (object == Py_None)
        return true;
    const char *name = PyUnicode_Check(object) ? PyUnicode_AsUTF8(object) : NULL;
    if (!name && !PyErr_Occurred())
        PyErr_Format(PyExc_TypeError, "mode is a name, one of lutist.MODES, not %.100s",
                     Py_TYPE(object)->tp_name);
    if (name && !mode_parse(name, mode, &err))
        py_raise(state, &err);
    return !PyErr_Occurred();
}

/* The part without Python: the program and its result, empty or, in the native modes,
 * complete. The identity's result is the source. */
static bool develop(Mode mode, Pool *pool, Plan *plan, Image *source, Image **spare,
                    Cancel *cancel, Program **program, Image **result, Err *err)
{
    *result = NULL;
    *program = compile_plan(plan, source->info.channels, err);
    if (!*program)
        return false;
    if (mode_is_python(mode) && (*program)->kind != PROGRAM_IDENTITY)
        *result = image_reuse(spare, program_output(*program, source->info), err);
    else
        *result = run_new(*program, source, spare, mode == MODE_SINGLE ? NULL : pool,
                          cancel, err);
    if (!*result)
        program_unref(program);
    return *result != NULL;
}

/* False: exception set. Nobody stops it but an exception. */
static bool run_pass(State *state, Mode mode, Program *program, Image *source,
                     Image *result)
{
    bool done = true;
    Pass pass = {.mode = mode, .program = program, .src = source, .dst = result};
    if (!mode_is_python(mode) || program->kind == PROGRAM_IDENTITY)
        return true;
    result->meta = meta_ref(source->meta);
    if (!py_pass(&pass, &done))
        return false;
    if (!done)
        PyErr_SetString(state->error, "the pass ended early");
    return done;
}

static PyObject *apply(State *state, Mode mode, Plan *plan, Image *source)
{
    Program *program;
    Image *result;
    Err err = {0};
    bool good;
    Pool *pool = state->pool;
    Image *spare = state->spare;
    state->spare = NULL;
    do {
        Outside outside = py_let_go(state);
        good = develop(mode, pool, plan, source, &spare, outside.cancel, &program,
                       &result, &err);
        py_take_back(&outside);
    } while (!good && py_again(&err));
    py_image_spare(state, spare);
    if (!good)
        return py_raise(state, &err);
    good = run_pass(state, mode, program, source, result);
    program_unref(&program);
    if (good)
        return py_image_wrap(state, result);
    image_unref(&result);
    return NULL;
}

PyObject *py_apply(PyObject *module, PyObject *args)
{
    ASSERT_GIL();
    State *state = PyModule_GetState(module);
    PyObject *stages, *object, *wanted = Py_None;
    Mode mode;
    if (!PyArg_ParseTuple(args, "O!O|O:apply", &PyList_Type, &stages, &object, &wanted))
        return NULL;
    Image *source = py_image_get(state, object);
    if (!source || !py_mode(state, wanted, &mode))
        return NULL;
    Err err;
    PlanTools tools = {.pool = state->pool};
    image_ref(source); /* a curve may close the image */
    Plan *plan = py_plan(stages, source->info.depth, &tools, &err);
    PyObject *result = NULL;
    if (plan)
        result = apply(state, mode, plan, source);
    else {
        py_note(err.text);
        py_raise(state, &err);
    }
    image_unref(&source);
    plan_unref(&plan);
    return result;
}
