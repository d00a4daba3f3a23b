/* opencl_library — OpenCL's loader, opened when the mode opencl is first asked for.
 *
 * The loader finds the platforms (drivers) that are installed. Calls read
 * cl->clCreateContext(…).
 * Threads: any; it is opened once and stays open.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_OPENCL_LIBRARY_H
#define LUTIST_OPENCL_OPENCL_LIBRARY_H

#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>

#include "image/codec/library.h"

#define OPENCL_FUNCTIONS(X)                                                            \
    X(clGetPlatformIDs)                                                                \
    X(clGetPlatformInfo)                                                               \
    X(clGetDeviceIDs)                                                                  \
    X(clGetDeviceInfo)                                                                 \
    X(clCreateContext)                                                                 \
    X(clReleaseContext)                                                                \
    X(clCreateCommandQueue)                                                            \
    X(clReleaseCommandQueue)                                                           \
    X(clCreateBuffer)                                                                  \
    X(clReleaseMemObject)                                                              \
    X(clCreateProgramWithSource)                                                       \
    X(clCreateProgramWithBinary)                                                       \
    X(clBuildProgram)                                                                  \
    X(clGetProgramBuildInfo)                                                           \
    X(clGetProgramInfo)                                                                \
    X(clReleaseProgram)                                                                \
    X(clCreateKernel)                                                                  \
    X(clReleaseKernel)                                                                 \
    X(clSetKernelArg)                                                                  \
    X(clEnqueueNDRangeKernel)                                                          \
    X(clEnqueueWriteBuffer)                                                            \
    X(clEnqueueReadBuffer)                                                             \
    X(clEnqueueReadBufferRect)                                                         \
    X(clEnqueueCopyBuffer)                                                             \
    X(clEnqueueFillBuffer)                                                             \
    X(clGetEventProfilingInfo)                                                         \
    X(clReleaseEvent)                                                                  \
    X(clFlush)                                                                         \
    X(clFinish)

LIBRARY_TABLE(OpenClLibrary, OPENCL_FUNCTIONS);

/* NULL: it cannot be opened; ERR_ENV that names the packages. */
const OpenClLibrary *opencl_library(Err *err);

#endif
