#include "opencl/opencl_library.h"

static LIBRARY_DEFINE(open_loader, OpenClLibrary, OPENCL_FUNCTIONS, "OpenCL's loader",
                      "libOpenCL.so.1",
                      "ocl-icd-libopencl1, and a driver: the graphics card's, or "
                      "pocl-opencl-icd for the processor")

const OpenClLibrary *opencl_library(Err *err)
{
    Err why;
    const OpenClLibrary *library = open_loader(&why);
    if (!library)
        err_set(err, why.kind == ERR_FILE ? ERR_ENV : why.kind, "%s", why.text);
    return library;
}
