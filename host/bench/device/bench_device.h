/* bench_device — the kernels' looks on an OpenCL device, beside a copy of the pixels
 * there.
 *
 * Threads: the calling thread.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_DEVICE_BENCH_DEVICE_H
#define LUTIST_BENCH_DEVICE_BENCH_DEVICE_H

#include "bench/bench_results.h"
#include "opencl/opencl.h"

typedef struct BenchDevice {
    OpenCl *opencl;     /* owned; NULL: there is none */
    DeviceFacts *facts; /* owned: a row's each */
    int count;
} BenchDevice;

/* What is mapped, and by whom. */
typedef struct BenchDeviceWork {
    Program *program;
    Image *src, *dst;    /* dst gets the result */
    const Image *native; /* the CPU's */
    Pool *pool;
    int runs;
} BenchDeviceWork;

/* The device that `wanted` names, as opencl_open, for `most` rows; or a row with the
 * reason why there is none. Fails: ERR_USAGE (no such device). */
bool bench_device_open(BenchDevice *device, const char *wanted, int most,
                       BenchResults *rows, Err *err);
void bench_device_close(BenchDevice *device);

/* Map, compare and measure: the row's mode, threads, times and facts. The halved result
 * is compared too, where whole numbers make it. Fails: as opencl_map; ERR_FILE (other
 * bits where they must be the CPU's). */
bool bench_device_run(BenchDevice *device, const BenchDeviceWork *work,
                      BenchResult *row, Err *err);

#endif
