/* py — Python.h, and the assertions about the GIL.
 *
 * The headers in the rooms of host/python are private to it; those in the folder itself
 * are for everybody and know no Python.
 * Threads: a py_* function runs on any thread that holds the GIL.
 * Python:  caller must hold the GIL for every py_* function.
 */
#ifndef LUTIST_PYTHON_MODULE_PY_H
#define LUTIST_PYTHON_MODULE_PY_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/err.h"

#ifdef LUTIST_DEV
#define ASSERT_GIL()    REQUIRE(PyGILState_Check())
#define ASSERT_NO_GIL() REQUIRE(!PyGILState_Check())
#else
#define ASSERT_GIL()    ((void)0)
#define ASSERT_NO_GIL() ((void)0)
#endif

#endif
