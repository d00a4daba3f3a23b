#include "python/python_map.h"

#include "python/errors/py_err.h"
#include "python/modes/py_map.h"

bool python_map_run(const Mapping *map, Err *err)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    State *state = py_state();
    bool good = state ? py_map_whole(state, map, err) : py_err_fetch(err);
    PyGILState_Release(gil);
    return good;
}

bool python_map_has_mode(Mode mode, Err *err)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    bool found = py_map_has_mode(mode);
    if (!found)
        py_err_fetch(err);
    PyGILState_Release(gil);
    return found;
}

bool python_map_strip(Mode mode, const BatchStrip *strip, Err *err)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    State *state = py_state();
    bool good = state ? py_map_strip(state, mode, strip, err) : py_err_fetch(err);
    PyGILState_Release(gil);
    return good;
}
