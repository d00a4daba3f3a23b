#include "opencl/context.h"

void buffer_drop(const OpenCl *opencl, Buffer *buffer)
{
    if (buffer->mem)
        opencl->cl->clReleaseMemObject(buffer->mem);
    *buffer = (Buffer){0};
}

bool buffer_need(const OpenCl *opencl, Buffer *buffer, size_t size, Err *err)
{
    cl_int code;
    if (buffer->size >= size)
        return true;
    buffer_drop(opencl, buffer);
    cl_mem mem = opencl->cl->clCreateBuffer(opencl->context, CL_MEM_READ_WRITE, size,
                                            NULL, &code);
    if (!call_check(code, "clCreateBuffer", err))
        return false;
    *buffer = (Buffer){mem, size};
    return true;
}
