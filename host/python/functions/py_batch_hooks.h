/* py_batch_hooks — what _lutist.batch gives the engine for its hooks: the stages, looks
 * and progress function of a call.
 *
 * Threads: the one that makes the call, but for the device's mapping.
 * Python:  caller must hold the GIL; the engine calls the hooks without it.
 */
#ifndef LUTIST_PYTHON_FUNCTIONS_PY_BATCH_HOOKS_H
#define LUTIST_PYTHON_FUNCTIONS_PY_BATCH_HOOKS_H

#include "batch/batch_options.h"
#include "batch/file/claims.h"
#include "batch/hooks.h"
#include "batch/look/look_hash.h"
#include "batch/look/value_words.h"
#include "opencl/opencl.h"
#include "pipe/mode.h"
#include "python/module/py_nogil.h"

/* One call of _lutist.batch. */
typedef struct BatchCall {
    State *state;
    PyObject *stages; /* borrowed: the flattened stages */
    PyObject
        *progress;   /* borrowed: None or callable(input, output, reason, n, total) */
    PyObject *looks; /* borrowed: None or a lutist.per_image.looks.Looks */
    Mode mode;
    OpenCl *opencl;     /* borrowed; NULL: another mode */
    WatchFiles files;   /* that the look reads */
    Claims *claims;     /* borrowed: of the run */
    LookWords look;     /* borrowed texts */
    ParamSet *params;   /* owned: the look's; NULL: the run is none that carries on */
    ParamValue *values; /* owned */
    ValueWords *words;  /* owned */
    NoGil nogil;        /* of the run */
    int before;         /* interrupts that were counted before the run */
    bool raised;        /* a hook left an exception pending in `exception` */
    PyObject *exception[3];
} BatchCall;

/* `call` is their context, and stays where it is. */
BatchHooks py_batch_hooks(BatchCall *call);
/* New array of the plain values in `row`. NULL: exception set. */
ParamValue *py_batch_hooks_row(const ParamSet *set, PyObject *row);

#endif
