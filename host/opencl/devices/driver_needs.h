/* driver_needs — a driver that would end the whole process where the system lacks what
 * it needs, told before it is loaded.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_DEVICES_DRIVER_NEEDS_H
#define LUTIST_OPENCL_DEVICES_DRIVER_NEEDS_H

#include <stdbool.h>

#include "base/err.h"

/* PoCL aborts where /sys does not show the processors, as in a chroot without it.
 * Fails: ERR_ENV if it is among the drivers of OCL_ICD_VENDORS, a folder, else of
 * /etc/OpenCL/vendors, and `processors` (NULL: where Linux has them) is not there. */
bool driver_needs_are_met(const char *processors, Err *err);

#endif
