/* py — what the files of this folder share. Private: nobody else includes it.
 *
 * Threads: py_* functions run on any thread that holds the GIL.
 * Python:  caller must hold the GIL for every py_* function.
 */
#ifndef LUTIST_PYTHON_PY_H
#define LUTIST_PYTHON_PY_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/thread/door.h"
#include "base/thread/pool.h"
#include "image/image.h"
#include "pipe/mode.h"
#include "pipe/param.h"
#include "pipe/plan/plan.h"
#include "pipe/plan/plan_report.h"
#include "python/py_err.h"

#ifdef LUTIST_DEV
#define ASSERT_GIL()    REQUIRE(PyGILState_Check())
#define ASSERT_NO_GIL() REQUIRE(!PyGILState_Check())
#else
#define ASSERT_GIL()    ((void)0)
#define ASSERT_NO_GIL() ((void)0)
#endif

/* The state of the `_lutist` module; lives as long as the module. */
struct State {
    PyTypeObject *image_type;
    PyObject *error;                    /* lutist.Error, the base of the others */
    PyObject *image_error;              /* lutist.ImageError */
    PyObject *file_errors[FILE_ERRORS]; /* its subclasses, by errno */
    PyObject *parameter_error;          /* lutist.ParameterError, also a ValueError */
    PyObject *mode_error;               /* lutist.ModeError: a mode cannot run here */
    PyTypeObject *span_type;            /* _lutist.Span */
    Pool *pool;        /* borrowed from whoever started the interpreter */
    Mode mode;         /* where none is asked for */
    Image *spare;      /* of the last image that died, for the next result */
    PyObject *cleaned; /* a set: folders that have been rid of what killed runs left */
    struct Claims *opened; /* leftovers of killed runs that were opened by name */
    int interrupts;        /* signals that arrived as KeyboardInterrupt */
    Door *door;            /* of calls that are without the GIL */
};

PyMODINIT_FUNC PyInit__lutist(void);
/* The state of the module; it is imported when it was not. NULL: exception set. */
State *py_state(void);

/* A new reference to an Image object that takes `image` (also on failure). */
PyObject *py_image_wrap(State *state, Image *image);
/* Borrowed; NULL with TypeError set where `object` is no Image, ValueError where it is
 * closed. */
Image *py_image_get(State *state, PyObject *object);
/* Takes an image (NULL is fine) whose memory the next result may have. What makes other
 * images drops it first, so that no more is held than without it. */
void py_image_spare(State *state, Image *image);
int py_image_add_type(PyObject *module, State *state);

/* An image file as an Image, with a warning where there is something to note; an
 * interrupt ends it. Neither cancel nor notes of the options is looked at. */
PyObject *py_load(State *state, const char *name, ReadOptions options);
/* A file in memory, empty, for reading and writing; NULL: exception set. */
FILE *py_memory_file(void);
/* _lutist.decode(data, name, max_pixels): an image file's bytes as an Image. */
PyObject *py_decode(PyObject *module, PyObject *args);

/* What a plan is made with; each may be NULL. */
typedef struct PlanTools {
    Tones *tones;   /* what the last plan left */
    PyObject *memo; /* its recordings */
    Pool *pool;
    PlanReport *report; /* filled on success */
} PlanTools;

/* Stages as lutist.stages.flatten gives them → a plan. On failure *err is set, and an
 * exception may be pending beside it: py_plan_fail joins the two. */
Plan *py_plan(PyObject *stages, int depth, const PlanTools *tools, Err *err);
/* After py_plan failed: the pending exception, if any, goes into *err, and what *err
 * said and `setting` ("with exposure=0.5", or "") below its traceback. */
bool py_plan_fail(const char *setting, Err *err);

/* `function` as an expression that does the same; *expr is NULL and `why` says why
 * where it cannot be recorded. memo: NULL, or a lutist.memo.Memo. False: exception set
 * (an interrupt). */
bool py_record(PyObject *memo, PyObject *function, Expr **expr, char *why, size_t size);
/* A lutist.memo.Memo: what recordings a script has. NULL: exception set. */
PyObject *py_memo_new(void);
/* A plan begins: what the last but one used is forgotten. NULL memo: nothing to do.
 * False: exception set. */
bool py_memo_turn(PyObject *memo);
/* _lutist.expression(nodes, constants): a capsule; None where they make none. */
PyObject *py_expression(PyObject *module, PyObject *args);
/* _lutist.evaluate(expression, inputs): the results as bytes of doubles; None where one
 * has no value. */
PyObject *py_evaluate(PyObject *module, PyObject *args);
/* The names of the operations, for lutist.symbol; new reference. */
PyObject *py_record_ops(void);

/* A Pipeline's parameters → plain C. NULL: exception set. */
ParamSet *py_params(PyObject *pipeline);
/* The other way: a new tuple of Python values. */
PyObject *py_param_values(const ParamSet *set, const ParamValue *values);

/* _lutist.batch; see lutist/batching.py. */
PyObject *py_batch(PyObject *module, PyObject *args, PyObject *kwargs);
/* Count signals that have arrived since the last call; returns the total. */
int py_interrupts(State *state);

#endif
