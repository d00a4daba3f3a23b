/* venv — which Python executable the embedded interpreter should pose as.
 *
 * Threads: any, before Python starts.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_VENV_H
#define LUTIST_PYTHON_VENV_H

#include "base/err.h"

/* New string: the virtual environment that `program` lies in, as Python tells it, with
 * a pyvenv.cfg beside bin/; NULL: in none. */
char *venv_around(const char *program);

/* New string: the python of `folder`, of $VIRTUAL_ENV where `folder` is NULL, or
 * `fallback`. `version` is "3.11". Fails (ERR_ENV): the folder is no virtual
 * environment, or one of another Python. A VIRTUAL_ENV that does not fit is ignored,
 * with a note in the log: nobody asked for it by name. */
char *venv_executable(const char *folder, const char *version, const char *fallback,
                      Err *err);

#endif
