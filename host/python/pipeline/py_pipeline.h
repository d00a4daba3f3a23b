/* py_pipeline — a script's pipeline in this process: loaded, called, and what its code
 * has changed in the process set back.
 *
 * Threads: the script thread only, but for the three that are immutable (any).
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_PIPELINE_PY_PIPELINE_H
#define LUTIST_PYTHON_PIPELINE_PY_PIPELINE_H

#include "base/watch/watch_files.h"
#include "pipe/param.h"
#include "python/module/py_state.h"
#include "python/pipeline/script_guard.h"

typedef struct PyPipeline {
    /* immutable after load; owned */
    ParamSet *params;
    char *name; /* of the script's file, without ".py" */
    char *path; /* of the file, whole */
    char *function;

    PyObject *object;     /* owned: the lutist.pipeline.Pipeline */
    PyObject *recordings; /* owned: its RecordCache */
    State *state;         /* of the module; borrowed */
    ScriptGuard guard;    /* of the process before the load */
    PyObject *files;      /* owned: a dict by path, grown by the script's code */
    Py_ssize_t n_files;   /* that the caller knows of */
} PyPipeline;

/* As script_load_noting. The load is attended (py_attend.h). */
PyPipeline *py_pipeline_load(const char *spec, WatchFiles *files, Err *err);
void py_pipeline_free(PyPipeline *pipeline);

/* What the pipeline returns for `values`, as a new list. NULL: *err is set. */
PyObject *py_pipeline_stages(const PyPipeline *pipeline, const ParamValue *values,
                             Err *err);
/* Add the files that the pipeline reads at `values`, but not those that values name, to
 * *files, with stamps of zeros. False: *err is set. */
bool py_pipeline_files(const PyPipeline *pipeline, const ParamValue *values,
                       WatchFiles *files, Err *err);
/* Add the files that have been noted since the last call to *files. */
void py_pipeline_more_files(PyPipeline *pipeline, WatchFiles *files);
/* Set the folder, the umask and the environment back; after code of the script. NULL
 * *err is fine. Fails: ERR_ENV, ERR_SCRIPT. */
bool py_pipeline_restore(const PyPipeline *pipeline, Err *err);

#endif
