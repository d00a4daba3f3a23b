#include "pipe/mode.h"

#include <string.h>

static const char *const NAMES[MODES] = {
    [MODE_PARALLEL] = "parallel", [MODE_PYTHON] = "python", [MODE_NUMPY] = "numpy",
    [MODE_CTYPES] = "ctypes",     [MODE_SINGLE] = "single", [MODE_OPENCL] = "opencl",
};

const char *mode_name(Mode mode)
{
    return NAMES[mode];
}

bool mode_parse(const char *name, Mode *mode, Err *err)
{
    for (int i = 0; i < MODES; i++)
        if (strcmp(name, NAMES[i]) == 0) {
            *mode = (Mode)i;
            return true;
        }
    return err_set(
        err, ERR_USAGE,
        "mode '%.80s' is unknown; use python, numpy, ctypes, single, opencl or "
        "parallel (the default)",
        name);
}

bool mode_is_python(Mode mode)
{
    return mode == MODE_PYTHON || mode == MODE_NUMPY || mode == MODE_CTYPES;
}

Mode mode_next(Mode mode)
{
    return (Mode)((mode + 1) % MODES);
}
