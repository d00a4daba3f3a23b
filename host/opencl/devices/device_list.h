/* device_list — the OpenCL devices of this machine, of all platforms.
 *
 * Private to the room.
 * Threads: a value; any may read the list.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_DEVICES_DEVICE_LIST_H
#define LUTIST_OPENCL_DEVICES_DEVICE_LIST_H

#include "opencl/opencl.h"
#include "opencl/opencl_library.h"

typedef struct Device {
    OpenClDevice about;
    cl_platform_id platform;
    cl_device_id id;
    cl_device_type type;
} Device;

typedef struct DeviceList {
    Device devices[OPENCL_MOST_DEVICES];
    int count;
} DeviceList;

/* Fails: ERR_ENV: no platform, no device, or a call. Devices of a platform that fails
 * are left out if another one has some. One thread at a time: the first call makes the
 * drivers ready, and PoCL crashes where two do so at once. */
bool device_list_read(const OpenClLibrary *cl, DeviceList *list, Err *err);

/* The one that `wanted` names by its number or a part of its name; NULL: the first GPU,
 * or else the first. NULL, ERR_USAGE with the names that there are. */
const Device *device_list_find(const DeviceList *list, const char *wanted, Err *err);

/* A text of a device or a platform; "" where there is none. */
void device_text(const OpenClLibrary *cl, cl_device_id id, cl_device_info what,
                 char *text, size_t size);

#endif
