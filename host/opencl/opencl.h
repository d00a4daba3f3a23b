/* opencl — a program mapped by an OpenCL device: the mode opencl.
 *
 * The door of the folder host/opencl: the loader (opencl_library), the devices
 * (device_list), kernels compiled and kept on the disk (build), a program's tables on
 * the device (device_tables), queues with their memory (lane), images in bands (bands),
 * smaller ones where memory lacks (map). The kernels are in kernels/opencl.
 *
 * The results have the bits of run_image for programs in whole numbers; those in single
 * precision have its bounds. Programs in double precision, and pixels in doubt, are
 * mapped by the CPU. A build without OpenCL's headers has these functions too; they say
 * so.
 * Threads: any may map at once.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_OPENCL_OPENCL_H
#define LUTIST_OPENCL_OPENCL_H

#include "base/thread/pool.h"
#include "image/image.h"
#include "pipe/program/program.h"

enum { OPENCL_MOST_DEVICES = 16 };

typedef struct OpenCl OpenCl;

typedef struct OpenClDevice {
    char name[128];
    char driver[128];     /* its platform's name */
    uint64_t memory;      /* bytes */
    uint64_t most_buffer; /* bytes in one piece */
    int units;            /* that compute */
    bool is_gpu;
} OpenClDevice;

/* Bytes between host and device. */
typedef struct OpenClTraffic {
    uint64_t pixels_up, tables_up, pixels_down;
} OpenClTraffic;

/* Pixels of a result. */
typedef struct OpenClPart {
    int x, y, width, height; /* no width: all of it */
} OpenClPart;

/* How an image is mapped; zeros are fine. */
typedef struct OpenClWay {
    int halvings;    /* of the result, before it comes back: 0 to RUN_HALVED_MOST */
    OpenClPart part; /* of the halved result, that comes back: dst has no more of it */
    bool keep;       /* the source stays on the device until another one is kept */
    Pool *pool;      /* borrowed: for what the CPU maps */
    Cancel *cancel;
    OpenClTraffic *traffic; /* set, where wanted */
} OpenClWay;

/* All devices, in the order of their numbers (1 and up). Fails: ERR_ENV: what is
 * missing, and what to install. */
bool opencl_devices(OpenClDevice devices[OPENCL_MOST_DEVICES], int *count, Err *err);

/* `wanted`: a number, or a part of a name; NULL: the first GPU, else the first device.
 * Fails: as opencl_devices; ERR_USAGE (no such device). */
OpenCl *opencl_open(const char *wanted, Err *err);
/* No opencl_map may be running. NULL is fine. */
void opencl_close(OpenCl *opencl);
const OpenClDevice *opencl_device(const OpenCl *opencl);

/* The whole of src through `program` into dst, whose info is that of the result. With
 * `keep` no pixel of src may change any more. What lacks memory on the device is tried
 * again in smaller bands. Fails: ERR_CANCELLED; ERR_MEMORY; ERR_ENV that names the
 * device and the call: it has failed, is not asked again, and dst may be partly
 * written.
 */
bool opencl_map(OpenCl *opencl, Program *program, Image *src, Image *dst,
                const OpenClWay *way, Err *err);

/* The same as run_image and run_rows, after which these are named. If the device fails,
 * a line tells so, once, and the CPU maps. False: cancelled. */
bool opencl_run_image(OpenCl *opencl, Program *program, Image *src, Image *dst,
                      Pool *pool, Cancel *cancel);
void opencl_run_rows(OpenCl *opencl, Program *program, ImageInfo in, const uint8_t *src,
                     size_t src_stride, uint8_t *dst, size_t dst_stride, int count);

/* Drop the image that is kept. */
void opencl_forget(OpenCl *opencl);

/* For a bench: the milliseconds of `runs` copies of src on the device, and of as many
 * runs of `program` on src that is there already, in turn, by the device's clock. One
 * of each comes before, and is not counted. Fails: ERR_ENV (the call; src does not fit;
 * the CPU maps such a program). */
bool opencl_time(OpenCl *opencl, Program *program, Image *src, int runs,
                 double *copy_ms, double *map_ms, Err *err);

#endif
