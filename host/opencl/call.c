#include "opencl/call.h"

#include <errno.h>

static const char *words_of(cl_int code)
{
    switch (code) {
    case CL_DEVICE_NOT_FOUND:
        return "there is no device";
    case CL_DEVICE_NOT_AVAILABLE:
        return "the device is not available";
    case CL_COMPILER_NOT_AVAILABLE:
        return "the driver has no compiler";
    case CL_MEM_OBJECT_ALLOCATION_FAILURE:
        return "the device has no memory left";
    case CL_OUT_OF_RESOURCES:
        return "the device has no resources left";
    case CL_OUT_OF_HOST_MEMORY:
        return "the driver has no memory left";
    case CL_BUILD_PROGRAM_FAILURE:
        return "the driver cannot compile the kernels";
    case CL_INVALID_COMMAND_QUEUE:
    case CL_INVALID_DEVICE:
    case CL_INVALID_CONTEXT:
        return "the device is lost";
    case CL_INVALID_BUFFER_SIZE:
        return "the device takes no buffer of this size";
    case -1001: /* CL_PLATFORM_NOT_FOUND_KHR */
        return "no driver is installed";
    default:
        return "the driver refuses";
    }
}

/* Might it go with less memory? */
static bool is_short(cl_int code)
{
    return code == CL_MEM_OBJECT_ALLOCATION_FAILURE || code == CL_OUT_OF_HOST_MEMORY ||
           code == CL_INVALID_BUFFER_SIZE;
}

bool call_check(cl_int code, const char *call, Err *err)
{
    if (code == CL_SUCCESS)
        return true;
    err_set(err, ERR_ENV, "OpenCL: %s failed: %s (%d)", call, words_of(code),
            (int)code);
    return is_short(code) ? err_code(err, ENOMEM) : false;
}
