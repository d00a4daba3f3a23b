#include "opencl/devices/device_list.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "opencl/call.h"
#include "opencl/devices/driver_needs.h"

enum { MOST_PLATFORMS = 16 };

void device_text(const OpenClLibrary *cl, cl_device_id id, cl_device_info what,
                 char *text, size_t size)
{
    text[0] = '\0';
    if (cl->clGetDeviceInfo(id, what, size, text, NULL) != CL_SUCCESS)
        text[0] = '\0';
    text[size - 1] = '\0';
}

static uint64_t number_of(const OpenClLibrary *cl, cl_device_id id, cl_device_info what,
                          size_t bytes)
{
    cl_ulong wide = 0;
    cl_uint narrow = 0;
    void *to = bytes == sizeof wide ? (void *)&wide : (void *)&narrow;
    bool known = cl->clGetDeviceInfo(id, what, bytes, to, NULL) == CL_SUCCESS;
    return known ? wide + narrow : 0;
}

/* LUTIST_DEVICE_MEMORY leaves the rest of a device's memory to others. */
static uint64_t memory_of(const OpenClLibrary *cl, cl_device_id id)
{
    uint64_t memory = number_of(cl, id, CL_DEVICE_GLOBAL_MEM_SIZE, sizeof(cl_ulong));
    const char *text = getenv("LUTIST_DEVICE_MEMORY");
    double most = text ? strtod(text, NULL) * (1 << 20) : 0;
    return most >= 1 && most < (double)memory ? (uint64_t)most : memory;
}

static void describe(const OpenClLibrary *cl, Device *device)
{
    OpenClDevice *about = &device->about;
    cl_device_id id = device->id;
    device_text(cl, id, CL_DEVICE_NAME, about->name, sizeof about->name);
    if (cl->clGetPlatformInfo(device->platform, CL_PLATFORM_NAME, sizeof about->driver,
                              about->driver, NULL) != CL_SUCCESS)
        about->driver[0] = '\0';
    about->driver[sizeof about->driver - 1] = '\0';
    cl->clGetDeviceInfo(id, CL_DEVICE_TYPE, sizeof device->type, &device->type, NULL);
    about->is_gpu = device->type & CL_DEVICE_TYPE_GPU;
    about->memory = memory_of(cl, id);
    about->most_buffer =
        number_of(cl, id, CL_DEVICE_MAX_MEM_ALLOC_SIZE, sizeof(cl_ulong));
    about->units = (int)number_of(cl, id, CL_DEVICE_MAX_COMPUTE_UNITS, sizeof(cl_uint));
}

static bool is_usable(const OpenClLibrary *cl, cl_device_id id)
{
    cl_bool available = CL_FALSE, compiler = CL_FALSE, little = CL_FALSE;
    cl->clGetDeviceInfo(id, CL_DEVICE_AVAILABLE, sizeof available, &available, NULL);
    cl->clGetDeviceInfo(id, CL_DEVICE_COMPILER_AVAILABLE, sizeof compiler, &compiler,
                        NULL);
    cl->clGetDeviceInfo(id, CL_DEVICE_ENDIAN_LITTLE, sizeof little, &little, NULL);
    return available && compiler && little;
}

/* The devices of one platform behind those that are there. */
static bool add_platform(const OpenClLibrary *cl, cl_platform_id platform,
                         DeviceList *list, Err *err)
{
    cl_device_id ids[OPENCL_MOST_DEVICES];
    cl_uint count = 0;
    if (!CALL(cl, err, clGetDeviceIDs, platform, CL_DEVICE_TYPE_ALL,
              OPENCL_MOST_DEVICES, ids, &count))
        return false;
    for (cl_uint i = 0; i < count && i < OPENCL_MOST_DEVICES; i++) {
        if (list->count == OPENCL_MOST_DEVICES || !is_usable(cl, ids[i]))
            continue;
        Device *device = &list->devices[list->count++];
        *device = (Device){.platform = platform, .id = ids[i]};
        describe(cl, device);
    }
    return true;
}

static bool read_list(const OpenClLibrary *cl, DeviceList *list, Err *err)
{
    static const char *const advice =
        "install the graphics card's driver for OpenCL, or the package "
        "pocl-opencl-icd, which computes on the processor";
    cl_platform_id platforms[MOST_PLATFORMS];
    cl_uint count = 0;
    Err why = {0};
    list->count = 0;
    if (!driver_needs_are_met(NULL, err))
        return false;
    if (!CALL(cl, &why, clGetPlatformIDs, MOST_PLATFORMS, platforms, &count))
        return err_set(err, ERR_ENV, "%s; %s", why.text, advice);
    for (cl_uint i = 0; i < count && i < MOST_PLATFORMS; i++)
        add_platform(cl, platforms[i], list, &why);
    if (list->count)
        return true;
    if (!count)
        return err_set(err, ERR_ENV, "OpenCL has no platform (driver) here; %s",
                       advice);
    return err_set(err, ERR_ENV, "OpenCL has no usable device here%s%s; %s",
                   why.text[0] ? ": " : "", why.text, advice);
}

bool device_list_read(const OpenClLibrary *cl, DeviceList *list, Err *err)
{
    static pthread_mutex_t reading = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&reading);
    bool read = read_list(cl, list, err);
    pthread_mutex_unlock(&reading);
    return read;
}

static const Device *usual(const DeviceList *list)
{
    for (int i = 0; i < list->count; i++)
        if (list->devices[i].about.is_gpu)
            return &list->devices[i];
    return &list->devices[0];
}

/* "1: NAME, 2: NAME" */
static void name_all(const DeviceList *list, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < list->count && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%d: %s", i ? ", " : "",
                                 i + 1, list->devices[i].about.name);
}

const Device *device_list_find(const DeviceList *list, const char *wanted, Err *err)
{
    char *end, names[400];
    if (!wanted)
        return usual(list);
    long number = strtol(wanted, &end, 10);
    if (*wanted && !*end) {
        if (number >= 1 && number <= list->count)
            return &list->devices[number - 1];
    } else if (*wanted) {
        for (int i = 0; i < list->count; i++)
            if (strcasestr(list->devices[i].about.name, wanted))
                return &list->devices[i];
    }
    name_all(list, names, sizeof names);
    err_set(err, ERR_USAGE, "--device '%.80s': OpenCL has no such device here, but %s",
            wanted, names);
    return NULL;
}
