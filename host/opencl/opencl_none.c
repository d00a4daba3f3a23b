/* The door of a build without OpenCL's headers. */
#include "opencl/opencl.h"

#include "pipe/program/run.h"

static bool none(Err *err)
{
    return err_set(
        err, ERR_ENV,
        "this build has no OpenCL; install the packages opencl-c-headers and "
        "pocl-opencl-icd, and build it again");
}

bool opencl_devices(OpenClDevice devices[OPENCL_MOST_DEVICES], int *count, Err *err)
{
    (void)devices;
    (void)count;
    return none(err);
}

OpenCl *opencl_open(const char *wanted, Err *err)
{
    (void)wanted;
    none(err);
    return NULL;
}

void opencl_close(OpenCl *opencl)
{
    (void)opencl;
}

const OpenClDevice *opencl_device(const OpenCl *opencl)
{
    (void)opencl;
    return NULL;
}

bool opencl_map(OpenCl *opencl, Program *program, Image *src, Image *dst,
                const OpenClWay *way, Err *err)
{
    (void)opencl;
    (void)program;
    (void)src;
    (void)dst;
    (void)way;
    return none(err);
}

bool opencl_run_image(OpenCl *opencl, Program *program, Image *src, Image *dst,
                      Pool *pool, Cancel *cancel)
{
    (void)opencl;
    return run_image(program, src, dst, pool, cancel);
}

void opencl_run_rows(OpenCl *opencl, Program *program, ImageInfo in, const uint8_t *src,
                     size_t src_stride, uint8_t *dst, size_t dst_stride, int count)
{
    (void)opencl;
    run_rows(program, in, src, src_stride, dst, dst_stride, count);
}

void opencl_forget(OpenCl *opencl)
{
    (void)opencl;
}

bool opencl_time(OpenCl *opencl, Program *program, Image *src, int runs,
                 double *copy_ms, double *map_ms, Err *err)
{
    (void)opencl;
    (void)program;
    (void)src;
    (void)runs;
    (void)copy_ms;
    (void)map_ms;
    return none(err);
}
