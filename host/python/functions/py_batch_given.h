/* py_batch_given — the arguments of _lutist.batch.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_FUNCTIONS_PY_BATCH_GIVEN_H
#define LUTIST_PYTHON_FUNCTIONS_PY_BATCH_GIVEN_H

#include "batch/batch_options.h"
#include "python/module/py.h"

enum { LISTS = 4 };

/* All that is not in BatchOptions as it is. */
typedef struct BatchGiven {
    PyObject *stages, *inputs;                    /* borrowed lists */
    PyObject *progress, *mode, *looks;            /* borrowed; Py_None: none */
    PyObject *files;                              /* borrowed list; NULL: none */
    PyObject *include, *exclude, *outputs;        /* borrowed lists; NULL: none */
    PyObject *output, *convert, *journal, *retry; /* owned bytes; NULL: none */
    PyObject *look, *row; /* borrowed: the Pipeline and its plain values, a tuple */
    const char *function; /* borrowed: its name */
    const char *intent, *check, *resize, *part, *raw; /* borrowed; NULL: the default */
    unsigned long long most, memory, metadata;
    int recursive, overwrite, fail_fast, dry_run, lenient, resume, skip_existing, newer,
        keep_times, resize_linear, strip, lossless, progressive, optimize;
    /* what keeps the strings in BatchOptions alive */
    const char **texts[LISTS]; /* owned */
    PyObject *bytes[LISTS];    /* owned */
} BatchGiven;

/* `given` starts zeroed. Clear it either way. False: exception set. */
bool py_batch_given_parse(BatchGiven *given, BatchOptions *options, PyObject *args,
                          PyObject *kwargs);
/* All but the mode and the conversion; `given` keeps what they point to. False:
 * exception set. */
bool py_batch_given_options(BatchGiven *given, BatchOptions *options);
void py_batch_given_clear(BatchGiven *given);

#endif
