/* py_state — the state of the `_lutist` module.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_STATE_H
#define LUTIST_PYTHON_MODULE_PY_STATE_H

#include <stdatomic.h>

#include "base/file/temp_list.h"
#include "base/thread/interrupt.h"
#include "base/thread/pool.h"
#include "base/thread/shutdown_gate.h"
#include "image/image.h"
#include "pipe/mode.h"
#include "python/module/py.h"

enum { FILE_ERRORS = 5 }; /* kinds of ImageError */

/* Lives as long as the module. Each interpreter has one of its own. In a free-threaded
 * build no lock guards it: what changes after the module was made is atomic, or has a
 * lock of its own. */
typedef struct State {
    PyTypeObject *image_type;
    PyTypeObject *span_type;            /* _lutist.Span */
    PyObject *error;                    /* lutist.Error, the base of the others */
    PyObject *image_error;              /* lutist.ImageError */
    PyObject *file_errors[FILE_ERRORS]; /* its subclasses, by errno */
    PyObject *parameter_error;          /* lutist.ParameterError, also a ValueError */
    PyObject *mode_error;               /* lutist.ModeError: a mode cannot run here */
    bool hosted;                        /* in the program lutist; see py_host.h */
    _Atomic(Pool *) pool;               /* by py_host_pool alone */
    Mode mode;                          /* where none is asked for */
    const char *device;                 /* as opencl_open; borrowed */
    _Atomic(struct OpenCl *) opencl;    /* by py_opencl_get; NULL: not opened */
    _Atomic(Image *) spare; /* of the last image that died; see py_image.h */
    PyObject *cleaned;      /* a set: folders whose leftovers of killed runs are gone */
    struct Claims *opened;  /* leftovers of killed runs that were opened by name */
    atomic_int interrupts;  /* signals that arrived as KeyboardInterrupt */
    ShutdownGate *gate;     /* of calls that are without the GIL */
    struct Attendant *attendant; /* borrowed; by py_attend alone; NULL: none */
    TempList temps;              /* of single files; its lock guards it */
    LastWord last_word;          /* drops them */
} State;

/* The state of this interpreter's module, which the first call imports and the
 * interpreter holds from then on. A pending exception is kept. NULL: exception set. */
State *py_state(void);

/* What a new module begins with, and what its end needs. A forked child, whose parent
 * goes on with its files, begins anew. */
void py_state_begin_temps(State *state);
void py_state_end_temps(State *state);

/* Count the signals that have arrived since the last call; returns the total. */
int py_state_interrupts(State *state);

#endif
