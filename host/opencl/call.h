/* call — what a call of OpenCL returned, in words.
 *
 * Private to the room.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_OPENCL_CALL_H
#define LUTIST_OPENCL_CALL_H

#include "opencl/opencl_library.h"

/* True where `code` is CL_SUCCESS. Fails: ERR_ENV "OpenCL: CALL failed: WORDS (CODE)",
 * with ENOMEM where it lacked memory. */
bool call_check(cl_int code, const char *call, Err *err);

/* Call a function of the library that returns its code. */
#define CALL(cl, err, function, ...)                                                   \
    call_check((cl)->function(__VA_ARGS__), #function, err)

#endif
