#include "python/functions/py_apply.h"

#include "pipe/program/compile.h"
#include "pipe/program/run.h"
#include "python/curve/py_plan.h"
#include "python/errors/py_err.h"
#include "python/image/py_image.h"
#include "python/modes/py_map.h"
#include "python/module/py_host.h"
#include "python/module/py_nogil.h"
#include "python/module/py_opencl.h"

static Image *map_by_device(OpenCl *opencl, Program *program, Image *source,
                            Image **spare, Pool *pool, Cancel *cancel, Err *err)
{
    Image *result = image_reuse(spare, program_output(program, source->info), err);
    if (!result)
        return NULL;
    result->meta = meta_ref(source->meta);
    if (opencl_run_image(opencl, program, source, result, pool, cancel))
        return result;
    err_set(err, ERR_CANCELLED, "stopped");
    image_unref(&result);
    return NULL;
}

/* The part without Python: compile the program and allocate the result. The native
 * modes fill the result, too. The identity's result is the source itself. */
static bool develop(Mode mode, OpenCl *opencl, Pool *pool, Plan *plan, Image *source,
                    Image **spare, Cancel *cancel, Program **program, Image **result,
                    Err *err)
{
    *result = NULL;
    *program = compile_plan(plan, source->info.channels, err);
    if (!*program)
        return false;
    bool same = (*program)->kind == PROGRAM_IDENTITY;
    if (mode_is_python(mode) && !same)
        *result = image_reuse(spare, program_output(*program, source->info), err);
    else if (opencl && !same)
        *result = map_by_device(opencl, *program, source, spare, pool, cancel, err);
    else
        *result = run_new(*program, source, spare, mode == MODE_SINGLE ? NULL : pool,
                          cancel, err);
    if (!*result)
        program_unref(program);
    return *result != NULL;
}

/* Only an exception stops it. False: exception set. */
static bool run_python(State *state, Mode mode, Program *program, Image *source,
                       Image *result)
{
    bool done = true;
    Mapping map = {.mode = mode, .program = program, .src = source, .dst = result};
    if (!mode_is_python(mode) || program->kind == PROGRAM_IDENTITY)
        return true;
    result->meta = meta_ref(source->meta);
    if (!py_map_run(state, &map, &done))
        return false;
    if (!done)
        PyErr_SetString(state->error, "the mode ended early");
    return done;
}

static PyObject *apply(State *state, Mode mode, Plan *plan, Image *source)
{
    Program *program;
    Image *result;
    Err err = {0};
    bool good;
    Pool *pool = py_host_pool(state);
    OpenCl *opencl = mode == MODE_OPENCL ? py_opencl_get(state) : NULL;
    if (mode == MODE_OPENCL && !opencl)
        return NULL;
    Image *spare = py_image_spare_take(state);
    do {
        NoGil nogil = py_nogil_begin(state);
        good = develop(mode, opencl, pool, plan, source, &spare, nogil.cancel, &program,
                       &result, &err);
        py_nogil_end(&nogil);
    } while (!good && py_nogil_retry(&err));
    py_image_spare(state, spare);
    if (!good)
        return py_err_raise(state, &err);
    good = run_python(state, mode, program, source, result);
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
    if (!py_map_mode(state, wanted, &mode))
        return NULL;
    Image *source = py_image_get(state, object); /* a curve may close the object */
    if (!source)
        return NULL;
    Err err;
    Plan *plan = py_plan_new(state, stages, source->info.depth, &(PlanTools){0}, &err);
    PyObject *result = NULL;
    if (plan)
        result = apply(state, mode, plan, source);
    else {
        py_err_note(err.text);
        py_err_raise(state, &err);
    }
    image_unref(&source);
    plan_unref(&plan);
    return result;
}
