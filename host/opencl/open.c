/* Opening and closing a device. */
#include "opencl/opencl.h"

#include "base/mem.h"
#include "opencl/device_tables.h"
#include "opencl/lane.h"

bool opencl_devices(OpenClDevice devices[OPENCL_MOST_DEVICES], int *count, Err *err)
{
    DeviceList list;
    const OpenClLibrary *cl = opencl_library(err);
    if (!cl || !device_list_read(cl, &list, err))
        return false;
    for (int i = 0; i < list.count; i++)
        devices[i] = list.devices[i].about;
    *count = list.count;
    return true;
}

const OpenClDevice *opencl_device(const OpenCl *opencl)
{
    return &opencl->device.about;
}

static bool open_device(OpenCl *opencl, Err *err)
{
    cl_int code;
    const cl_context_properties properties[] = {
        CL_CONTEXT_PLATFORM, (cl_context_properties)opencl->device.platform, 0};
    opencl->context = opencl->cl->clCreateContext(properties, 1, &opencl->device.id,
                                                  NULL, NULL, &code);
    if (!call_check(code, "clCreateContext", err)) {
        opencl->context = NULL;
        return false;
    }
    for (int i = 0; i < LANES; i++)
        if (!lane_open(opencl, &opencl->lanes[i], 0, err))
            return false;
    return true;
}

OpenCl *opencl_open(const char *wanted, Err *err)
{
    DeviceList list;
    const OpenClLibrary *cl = opencl_library(err);
    const Device *device = cl && device_list_read(cl, &list, err)
                               ? device_list_find(&list, wanted, err)
                               : NULL;
    if (!device)
        return NULL;
    OpenCl *opencl = mem_new(1, sizeof *opencl);
    opencl->cl = cl;
    opencl->device = *device;
    opencl->band_bytes = UINT64_MAX;
    pthread_mutex_init(&opencl->lock, NULL);
    pthread_cond_init(&opencl->freed, NULL);
    if (open_device(opencl, err))
        return opencl;
    err_in(err, device->about.name);
    opencl_close(opencl);
    return NULL;
}

void opencl_close(OpenCl *opencl)
{
    if (!opencl)
        return;
    for (int i = 0; i < LANES; i++)
        lane_close(opencl, &opencl->lanes[i]);
    for (int i = 0; i < MOST_TABLES; i++)
        device_tables_drop(opencl, &opencl->tables[i]);
    buffer_drop(opencl, &opencl->kept_pixels);
    image_unref(&opencl->kept);
    for (int i = 0; i < KEYS; i++)
        if (opencl->programs[i])
            opencl->cl->clReleaseProgram(opencl->programs[i]);
    if (opencl->context)
        opencl->cl->clReleaseContext(opencl->context);
    pthread_cond_destroy(&opencl->freed);
    pthread_mutex_destroy(&opencl->lock);
    mem_free(opencl);
}
