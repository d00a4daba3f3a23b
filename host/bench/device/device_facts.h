/* device_facts — what a kernel's row says of the OpenCL device that ran it.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_DEVICE_DEVICE_FACTS_H
#define LUTIST_BENCH_DEVICE_DEVICE_FACTS_H

#include <stdbool.h>

#include "base/text/json.h"

/* The row's own times are the kernel's alone, by the device's clock, and its ratio is
 * that to copy_ms. */
typedef struct DeviceFacts {
    const char *device, *driver; /* borrowed; NULL: none was found */
    double copy_ms;   /* a copy of the pixels on the device; 0: not measured */
    double kept_ms;   /* from new tables to all pixels back, the source being there */
    double whole_ms;  /* the same, and the source goes there */
    bool same_bits;   /* as the CPU's kernels */
    char reason[512]; /* why it was not measured, or not checked; "": it was */
} DeviceFacts;

/* Print the end of a row's line. */
void device_facts_print(const DeviceFacts *facts);
/* Print a line in the place of a row that was not measured. */
void device_facts_print_reason(const DeviceFacts *facts, const char *op,
                               const char *pixel);
/* Write members of the row's JSON object. */
void device_facts_save(Json *json, const DeviceFacts *facts);

#endif
