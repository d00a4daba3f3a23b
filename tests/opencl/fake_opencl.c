/* A loader of OpenCL with one device that does nothing but copy and look up bytes, of
 * which any call can be made to fail, and any memory to be full. It counts the objects
 * that live. */
#include <CL/cl.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define SHOWN __attribute__((visibility("default")))

enum { ARGUMENTS = 10, FAILURE = CL_OUT_OF_RESOURCES };

/* Every object of OpenCL. */
typedef struct Object {
    size_t size;
    unsigned char *data; /* a buffer's */
    bool looks_up;       /* a kernel's function is lut_one */
    unsigned char arguments[ARGUMENTS][8];
} Object;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char failing[64];
static int countdown, live, inside;
static pthread_cond_t entered = PTHREAD_COND_INITIALIZER;
static bool meeting, met;
static cl_ulong memory = (cl_ulong)1 << 30, budget = ~(cl_ulong)0, used;

/* From the `nth` call of `name` on, one call fails; NULL: none does. */
SHOWN void fake_opencl_fail(const char *name, int nth);
/* Of the device, of which a quarter makes a buffer. */
SHOWN void fake_opencl_memory(unsigned long long bytes);
/* What all buffers may have together; more is refused, as it is by a full device. */
SHOWN void fake_opencl_budget(unsigned long long bytes);
SHOWN int fake_opencl_live(void);
/* Do two threads ask for the platforms at once? From this call on the first one waits
 * a tenth of a second for another; fake_opencl_met tells, and ends it. */
SHOWN void fake_opencl_meet(void);
SHOWN bool fake_opencl_met(void);

void fake_opencl_fail(const char *name, int nth)
{
    snprintf(failing, sizeof failing, "%s", name ? name : "");
    countdown = nth;
}

void fake_opencl_memory(unsigned long long bytes)
{
    memory = bytes;
}

void fake_opencl_budget(unsigned long long bytes)
{
    budget = bytes;
}

int fake_opencl_live(void)
{
    return live;
}

void fake_opencl_meet(void)
{
    meeting = true;
}

bool fake_opencl_met(void)
{
    meeting = false;
    return met;
}

static void meet(void)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 100 * 1000 * 1000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&lock);
    if (++inside > 1)
        met = true;
    pthread_cond_broadcast(&entered);
    while (!met && pthread_cond_timedwait(&entered, &lock, &until) == 0)
        ;
    inside--;
    pthread_mutex_unlock(&lock);
}

static void read_environment(void)
{
    const char *wanted = getenv("FAKE_OPENCL_FAIL");
    char name[64];
    int nth = 1;
    if (wanted && sscanf(wanted, "%63[^:]:%d", name, &nth) >= 1)
        fake_opencl_fail(name, nth);
}

/* While somebody has locked the file FAKE_OPENCL_HOLD, the device is at work. */
static void wait_for_device(void)
{
    const char *path = getenv("FAKE_OPENCL_HOLD");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    flock(file, LOCK_SH);
    close(file);
}

static cl_int call(const char *name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_environment);
    pthread_mutex_lock(&lock);
    bool fails = strcmp(failing, name) == 0 && --countdown == 0;
    pthread_mutex_unlock(&lock);
    return fails ? FAILURE : CL_SUCCESS;
}

static void *new_object(const char *name, size_t size, cl_int *code)
{
    *code = call(name);
    if (*code != CL_SUCCESS)
        return NULL;
    Object *object = calloc(1, sizeof *object);
    object->size = size;
    object->data = calloc(size ? size : 1, 1);
    pthread_mutex_lock(&lock);
    live++;
    used += size;
    pthread_mutex_unlock(&lock);
    return object;
}

static cl_int release(const char *name, void *object)
{
    cl_int code = call(name);
    pthread_mutex_lock(&lock);
    live--;
    used -= ((Object *)object)->size;
    pthread_mutex_unlock(&lock);
    free(((Object *)object)->data);
    free(object);
    return code;
}

static cl_int answer(const void *value, size_t size, size_t room, void *to,
                     size_t *wanted)
{
    if (to && room < size)
        return CL_INVALID_VALUE;
    if (to)
        memcpy(to, value, size);
    if (wanted)
        *wanted = size;
    return CL_SUCCESS;
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): OpenCL's are longer
 */

cl_int clGetPlatformIDs(cl_uint room, cl_platform_id *ids, cl_uint *count)
{
    if (room)
        ids[0] = (cl_platform_id)&lock;
    *count = 1;
    if (meeting)
        meet();
    return call("clGetPlatformIDs");
}

cl_int clGetPlatformInfo(cl_platform_id id, cl_platform_info what, size_t room,
                         void *to, size_t *size)
{
    static const char name[] = "fake platform";
    (void)id;
    (void)what;
    cl_int code = call("clGetPlatformInfo");
    return code ? code : answer(name, sizeof name, room, to, size);
}

cl_int clGetDeviceIDs(cl_platform_id id, cl_device_type type, cl_uint room,
                      cl_device_id *ids, cl_uint *count)
{
    (void)id;
    (void)type;
    if (room)
        ids[0] = (cl_device_id)&lock;
    *count = 1;
    return call("clGetDeviceIDs");
}

cl_int clGetDeviceInfo(cl_device_id id, cl_device_info what, size_t room, void *to,
                       size_t *size)
{
    static const char text[] = "fake device";
    const cl_ulong most = memory / 4;
    const cl_device_type type = CL_DEVICE_TYPE_CPU;
    const cl_uint units = 3;
    const cl_bool yes = CL_TRUE;
    cl_int code = call("clGetDeviceInfo");
    (void)id;
    if (code)
        return code;
    switch (what) {
    case CL_DEVICE_TYPE:
        return answer(&type, sizeof type, room, to, size);
    case CL_DEVICE_GLOBAL_MEM_SIZE:
        return answer(&memory, sizeof memory, room, to, size);
    case CL_DEVICE_MAX_MEM_ALLOC_SIZE:
        return answer(&most, sizeof most, room, to, size);
    case CL_DEVICE_MAX_COMPUTE_UNITS:
        return answer(&units, sizeof units, room, to, size);
    case CL_DEVICE_AVAILABLE:
    case CL_DEVICE_COMPILER_AVAILABLE:
    case CL_DEVICE_ENDIAN_LITTLE:
        return answer(&yes, sizeof yes, room, to, size);
    default:
        return answer(text, sizeof text, room, to, size);
    }
}

cl_context clCreateContext(const cl_context_properties *properties, cl_uint count,
                           const cl_device_id *devices,
                           void(CL_CALLBACK *tell)(const char *, const void *, size_t,
                                                   void *),
                           void *data, cl_int *code)
{
    (void)properties;
    (void)count;
    (void)devices;
    (void)tell;
    (void)data;
    return new_object("clCreateContext", 0, code);
}

cl_int clReleaseContext(cl_context context)
{
    return release("clReleaseContext", context);
}

cl_command_queue clCreateCommandQueue(cl_context context, cl_device_id device,
                                      cl_command_queue_properties properties,
                                      cl_int *code)
{
    (void)context;
    (void)device;
    (void)properties;
    return new_object("clCreateCommandQueue", 0, code);
}

cl_int clReleaseCommandQueue(cl_command_queue queue)
{
    return release("clReleaseCommandQueue", queue);
}

cl_mem clCreateBuffer(cl_context context, cl_mem_flags flags, size_t size, void *host,
                      cl_int *code)
{
    (void)context;
    (void)flags;
    (void)host;
    pthread_mutex_lock(&lock);
    bool full = used + size > budget;
    pthread_mutex_unlock(&lock);
    if (size <= memory / 4 && !full)
        return new_object("clCreateBuffer", size, code);
    *code = full ? CL_MEM_OBJECT_ALLOCATION_FAILURE : CL_INVALID_BUFFER_SIZE;
    return NULL;
}

cl_int clReleaseMemObject(cl_mem mem)
{
    return release("clReleaseMemObject", mem);
}

cl_program clCreateProgramWithSource(cl_context context, cl_uint count,
                                     const char **texts, const size_t *lengths,
                                     cl_int *code)
{
    (void)context;
    (void)count;
    (void)texts;
    (void)lengths;
    return new_object("clCreateProgramWithSource", 0, code);
}

cl_program clCreateProgramWithBinary(cl_context context, cl_uint count,
                                     const cl_device_id *devices, const size_t *sizes,
                                     const unsigned char **binaries, cl_int *status,
                                     cl_int *code)
{
    (void)context;
    (void)count;
    (void)devices;
    (void)sizes;
    (void)binaries;
    *status = CL_SUCCESS;
    return new_object("clCreateProgramWithBinary", 0, code);
}

cl_int clBuildProgram(cl_program program, cl_uint count, const cl_device_id *devices,
                      const char *options, void(CL_CALLBACK *tell)(cl_program, void *),
                      void *data)
{
    (void)program;
    (void)count;
    (void)devices;
    (void)options;
    (void)tell;
    (void)data;
    return call("clBuildProgram");
}

cl_int clGetProgramBuildInfo(cl_program program, cl_device_id device,
                             cl_program_build_info what, size_t room, void *to,
                             size_t *size)
{
    static const char log[] = "first line\nsecond line";
    (void)program;
    (void)device;
    (void)what;
    cl_int code = call("clGetProgramBuildInfo");
    return code ? code : answer(log, sizeof log, room, to, size);
}

cl_int clGetProgramInfo(cl_program program, cl_program_info what, size_t room, void *to,
                        size_t *size)
{
    const size_t bytes = 7;
    cl_int code = call("clGetProgramInfo");
    (void)program;
    if (code || what == CL_PROGRAM_BINARY_SIZES)
        return code ? code : answer(&bytes, sizeof bytes, room, to, size);
    memcpy(*(unsigned char **)to, "binary", bytes);
    return CL_SUCCESS;
}

cl_int clReleaseProgram(cl_program program)
{
    return release("clReleaseProgram", program);
}

cl_kernel clCreateKernel(cl_program program, const char *name, cl_int *code)
{
    (void)program;
    Object *kernel = new_object("clCreateKernel", 0, code);
    if (kernel)
        kernel->looks_up = strcmp(name, "lut_one") == 0;
    return (cl_kernel)kernel;
}

cl_int clReleaseKernel(cl_kernel kernel)
{
    return release("clReleaseKernel", kernel);
}

cl_int clSetKernelArg(cl_kernel kernel, cl_uint index, size_t size, const void *value)
{
    if (index >= ARGUMENTS || size > 8)
        return CL_INVALID_ARG_INDEX;
    memcpy(((Object *)kernel)->arguments[index], value, size);
    return call("clSetKernelArg");
}

static unsigned char *memory_of(const Object *kernel, int index)
{
    const Object *object;
    memcpy(&object, kernel->arguments[index], sizeof(const Object *));
    return object->data;
}

static size_t number_of(const Object *kernel, int index)
{
    uint32_t number;
    memcpy(&number, kernel->arguments[index], sizeof number);
    return number;
}

enum { SRC, DST, TABLES, FOUND, ROOM, WIDTH, ROWS, FROM, SRC_STRIDE, DST_STRIDE };

/* Bytes alone (see kernels/opencl/lut1d.cl). */
static void look_up(const Object *kernel)
{
    const unsigned char *src = memory_of(kernel, SRC),
                        *tables = memory_of(kernel, TABLES);
    unsigned char *dst = memory_of(kernel, DST);
    int32_t place;
    memcpy(&place, tables, sizeof place);
    for (size_t y = 0; y < number_of(kernel, ROWS); y++)
        for (size_t x = 0; x < number_of(kernel, WIDTH); x++)
            dst[y * number_of(kernel, DST_STRIDE) + x] =
                tables[place + src[(y + number_of(kernel, FROM)) *
                                       number_of(kernel, SRC_STRIDE) +
                                   x]];
}

/* The other kernels leave their first pixel to the host, where they may. */
static void leave_first(const Object *kernel)
{
    const uint32_t found[] = {1, 0};
    if (number_of(kernel, ROOM))
        memcpy(memory_of(kernel, FOUND), found, sizeof found);
}

/* `event`, where one is wanted, is new. */
static cl_int give_event(cl_int code, cl_event *event)
{
    if (code == CL_SUCCESS && event)
        *event = new_object("an event", 0, &code);
    return code;
}

cl_int clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel,
                              cl_uint dimensions, const size_t *offset,
                              const size_t *global, const size_t *local, cl_uint waits,
                              const cl_event *events, cl_event *event)
{
    (void)queue;
    (void)dimensions;
    (void)offset;
    (void)global;
    (void)local;
    (void)waits;
    (void)events;
    cl_int code = call("clEnqueueNDRangeKernel");
    if (code == CL_SUCCESS)
        (((Object *)kernel)->looks_up ? look_up : leave_first)((Object *)kernel);
    return give_event(code, event);
}

cl_int clEnqueueWriteBuffer(cl_command_queue queue, cl_mem mem, cl_bool blocking,
                            size_t at, size_t size, const void *from, cl_uint waits,
                            const cl_event *events, cl_event *event)
{
    (void)queue;
    (void)blocking;
    (void)waits;
    (void)events;
    (void)event;
    cl_int code = call("clEnqueueWriteBuffer");
    if (code == CL_SUCCESS)
        memcpy(((Object *)mem)->data + at, from, size);
    return code;
}

cl_int clEnqueueReadBuffer(cl_command_queue queue, cl_mem mem, cl_bool blocking,
                           size_t at, size_t size, void *to, cl_uint waits,
                           const cl_event *events, cl_event *event)
{
    (void)queue;
    (void)blocking;
    (void)waits;
    (void)events;
    (void)event;
    cl_int code = call("clEnqueueReadBuffer");
    if (code == CL_SUCCESS)
        memcpy(to, ((Object *)mem)->data + at, size);
    return code;
}

cl_int clEnqueueReadBufferRect(cl_command_queue queue, cl_mem mem, cl_bool blocking,
                               const size_t *from, const size_t *at, const size_t *size,
                               size_t from_row, size_t from_slice, size_t to_row,
                               size_t to_slice, void *to, cl_uint waits,
                               const cl_event *events, cl_event *event)
{
    (void)queue;
    (void)blocking;
    (void)from_slice;
    (void)to_slice;
    (void)waits;
    (void)events;
    (void)event;
    cl_int code = call("clEnqueueReadBufferRect");
    for (size_t y = 0; code == CL_SUCCESS && y < size[1]; y++)
        memcpy((unsigned char *)to + (at[1] + y) * to_row + at[0],
               ((Object *)mem)->data + (from[1] + y) * from_row + from[0], size[0]);
    return code;
}

cl_int clEnqueueCopyBuffer(cl_command_queue queue, cl_mem from, cl_mem to,
                           size_t from_at, size_t to_at, size_t size, cl_uint waits,
                           const cl_event *events, cl_event *event)
{
    (void)queue;
    (void)waits;
    (void)events;
    cl_int code = call("clEnqueueCopyBuffer");
    if (code == CL_SUCCESS)
        memcpy(((Object *)to)->data + to_at, ((Object *)from)->data + from_at, size);
    return give_event(code, event);
}

cl_int clEnqueueFillBuffer(cl_command_queue queue, cl_mem mem, const void *pattern,
                           size_t pattern_size, size_t at, size_t size, cl_uint waits,
                           const cl_event *events, cl_event *event)
{
    (void)queue;
    (void)waits;
    (void)events;
    (void)event;
    cl_int code = call("clEnqueueFillBuffer");
    for (size_t i = 0; code == CL_SUCCESS && i < size; i += pattern_size)
        memcpy(((Object *)mem)->data + at + i, pattern, pattern_size);
    return code;
}

cl_int clFlush(cl_command_queue queue)
{
    (void)queue;
    return call("clFlush");
}

cl_int clGetEventProfilingInfo(cl_event event, cl_profiling_info what, size_t room,
                               void *to, size_t *size)
{
    const cl_ulong ns = what == CL_PROFILING_COMMAND_END ? 3000000 : 1000000;
    cl_int code = call("clGetEventProfilingInfo");
    (void)event;
    return code ? code : answer(&ns, sizeof ns, room, to, size);
}

cl_int clReleaseEvent(cl_event event)
{
    return release("clReleaseEvent", event);
}

cl_int clFinish(cl_command_queue queue)
{
    (void)queue;
    wait_for_device();
    return call("clFinish");
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
