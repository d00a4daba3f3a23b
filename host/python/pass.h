/* pass — an image mapped by Python itself: the modes python, numpy and ctypes.
 *
 * lutist/modes.py does it, slice by slice. It sees the host's memory through objects
 * that hold references, so that nothing Python keeps ever points to what is gone.
 * Threads: the script thread only.
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_PYTHON_PASS_H
#define LUTIST_PYTHON_PASS_H

#include "batch/batch.h"
#include "pipe/mode.h"
#include "pipe/program/compile.h"

typedef struct Pass {
    Mode mode; /* mode_is_python */
    Program *program;
    Image *src, *dst; /* dst has the layout of program_output(src), and one reference */
    /* Called after each slice: `part` of all is done, from 0 to 1. False: stop. Both
     * may be NULL. */
    bool (*go_on)(void *context, double part);
    void *context;
} Pass;

/* Can that mode run in this interpreter? Fails: ERR_ENV, what is missing and how to
 * mend it. */
bool script_has_mode(Mode mode, Err *err);

/* On failure dst is partly written. Fails: ERR_ENV as above; ERR_CANCELLED (go_on said
 * so, or an interrupt came); ERR_SCRIPT. */
bool script_pass(const Pass *pass, Err *err);

/* A batch's map hook. A single interrupt does not stop it: the file in work is to be
 * finished. Fails: as script_pass; ERR_MEMORY. */
bool script_map(Mode mode, const BatchStrip *strip, Err *err);

#endif
