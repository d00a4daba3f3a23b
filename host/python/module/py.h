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

/* Does the calling thread hold the GIL of some interpreter? From 3.12 on each thread
 * knows; before, PyGILState_Check is always true once there are sub-interpreters. */
#if PY_VERSION_HEX >= 0x030D0000
#define PY_HAS_GIL() (PyThreadState_GetUnchecked() != NULL)
#elif PY_VERSION_HEX >= 0x030C0000
#define PY_HAS_GIL() (_PyThreadState_UncheckedGet() != NULL)
#else
#define PY_HAS_GIL() PyGILState_Check()
#endif

#ifdef LUTIST_DEV
#define ASSERT_GIL()    REQUIRE(PY_HAS_GIL())
#define ASSERT_NO_GIL() REQUIRE(!Py_IsInitialized() || !PY_HAS_GIL())
#else
#define ASSERT_GIL()    ((void)0)
#define ASSERT_NO_GIL() ((void)0)
#endif

/* A lock of `object`, where no GIL keeps other threads away: in free-threaded builds.
 * It is let go of wherever the GIL would be. Both stand in one block. */
#if PY_VERSION_HEX >= 0x030D0000
#define PY_LOCK(object) Py_BEGIN_CRITICAL_SECTION(object)
#define PY_UNLOCK()     Py_END_CRITICAL_SECTION()
#else
#define PY_LOCK(object)                                                                \
    {                                                                                  \
        (void)(object);
#define PY_UNLOCK() }
#endif

#endif
