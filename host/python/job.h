/* job — a job: a Python program that runs inside the host as __main__.
 *
 * Threads: the script thread only (interp.h).
 * Python:  caller must not hold the GIL.
 */
#ifndef LUTIST_PYTHON_JOB_H
#define LUTIST_PYTHON_JOB_H

#include "base/err.h"

/* Run a job file with sys.argv = argv. *code is what sys.exit asked for, 3 after an
 * uncaught exception (already printed), else 0. Fails: ERR_USAGE (cannot be read). */
bool job_run(int argc, char **argv, int *code, Err *err);

#endif
