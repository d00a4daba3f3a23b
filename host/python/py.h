/* py — what the files of this folder share. Private: nobody else includes it.
 *
 * Threads: py_* functions run on any thread that holds the GIL.
 * Python:  caller must hold the GIL for every py_* function.
 */
#ifndef LUTIST_PYTHON_PY_H
#define LUTIST_PYTHON_PY_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/pool.h"
#include "image/image.h"
#include "pipe/compile.h"
#include "pipe/mode.h"
#include "pipe/param.h"
#include "pipe/plan.h"

#ifdef LUTIST_DEV
#define ASSERT_GIL()    REQUIRE(PyGILState_Check())
#define ASSERT_NO_GIL() REQUIRE(!PyGILState_Check())
#else
#define ASSERT_GIL()    ((void)0)
#define ASSERT_NO_GIL() ((void)0)
#endif

/* The state of the `_lutist` module; lives as long as the module. */
typedef struct State {
    PyTypeObject *image_type;
    PyObject *error;           /* lutist.Error, the base of the others */
    PyObject *image_error;     /* lutist.ImageError */
    PyObject *parameter_error; /* lutist.ParameterError, also a ValueError */
    PyObject *mode_error;      /* lutist.ModeError: a mode cannot run here */
    PyTypeObject *span_type;
    Pool *pool;     /* borrowed from whoever started the interpreter */
    Mode mode;      /* where none is asked for */
    int interrupts; /* signals that arrived as KeyboardInterrupt */
} State;

PyMODINIT_FUNC PyInit__lutist(void);
/* The state of the module; it is imported when it was not. NULL: exception set. */
State *py_state(void);

/* Errors, both ways. py_fetch clears the exception and returns false; `err->text` is
 * "FILE:LINE: Type: message", the traceback goes to err->trace. */
bool py_fetch(Err *err);
/* Raise what `err` says; returns NULL. A pending exception is kept. */
PyObject *py_raise(const State *state, const Err *err);

/* A new reference to an Image object that takes `image` (also on failure). */
PyObject *py_image_wrap(State *state, Image *image);
/* Borrowed; NULL with TypeError set where `object` is no Image. */
Image *py_image_get(State *state, PyObject *object);
int py_image_add_type(PyObject *module, State *state);

/* Numbers in the host's memory, as a buffer for Python. */
typedef struct Span {
    void *data;
    size_t bytes, item; /* all of it; one number */
    const char *format; /* of the module struct: "B", "H", "Q", "d"; static */
    bool writable;
    Image *image; /* whose memory it is: one of these, the other NULL */
    Program *program;
} Span;

/* A new object, which takes a reference of its own to the owner. */
PyObject *py_span_wrap(State *state, Span span);
int py_span_add_type(PyObject *module, State *state);
/* The program as lutist/modes.py reads it, a new dict; NULL: exception set. */
PyObject *py_program(State *state, Program *program);

/* Stages as lutist.stages.flatten gives them → a plan. On failure *err is set, and an
 * exception may be pending beside it: py_plan_fail joins the two. */
Plan *py_plan(PyObject *stages, int depth, Err *err);
/* After py_plan failed: the pending exception, if any, goes into *err. */
bool py_plan_fail(Err *err);

/* A Pipeline's parameters → plain C. NULL: exception set. */
ParamSet *py_params(PyObject *pipeline);
/* The other way: a new tuple of Python values. */
PyObject *py_param_values(const ParamSet *set, const ParamValue *values);

/* The mode that `object` names, or the host's where it is None. False: exception set.
 */
bool py_mode(const State *state, PyObject *object, Mode *mode);
/* Can it run here? False: exception set, ModeError or another. */
bool py_has_mode(Mode mode);
/* A pass of pass.h. True: *done says whether it went through or was stopped. False:
 * exception set. */
struct Pass;
bool py_pass(const struct Pass *pass, bool *done);

/* _lutist.apply(stages, image, mode); see lutist/pipeline.py. */
PyObject *py_apply(PyObject *module, PyObject *args);
/* _lutist.batch; see lutist/batching.py. */
PyObject *py_batch(PyObject *module, PyObject *args, PyObject *kwargs);
/* Count signals that have arrived since the last call; returns the total. */
int py_interrupts(State *state);

#endif
