/* mode — the ways of mapping an image's pixels. All give the same bits.
 *
 * The native modes are for work; opencl needs a device. Those of Python do what Python
 * alone can do, for comparison. For people, python comes first and parallel last; the
 * key m of the viewer steps through them in this order.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_MODE_H
#define LUTIST_PIPE_MODE_H

#include <stdbool.h>

#include "base/err.h"

typedef enum Mode {
    MODE_PARALLEL, /* native, every thread of the pool; the default */
    MODE_PYTHON,   /* a loop in Python */
    MODE_NUMPY,    /* NumPy's array operations */
    MODE_CTYPES,   /* three Python threads that call C through ctypes */
    MODE_SINGLE,   /* native, the calling thread alone */
    MODE_OPENCL,   /* an OpenCL device (opencl/opencl.h) */
    MODES
} Mode;

const char *mode_name(Mode mode);
/* Fails: ERR_USAGE "mode 'NAME' is unknown; use …". */
bool mode_parse(const char *name, Mode *mode, Err *err);
/* Does Python map the pixels? */
bool mode_is_python(Mode mode);
/* The mode after `mode`; python follows parallel. */
Mode mode_next(Mode mode);

#endif
