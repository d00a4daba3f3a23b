/* libraw_library — LibRaw's functions that lutist calls.
 *
 * The library whose errors do not depend on other threads (libraw_r).
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_RAW_LIBRAW_LIBRARY_H
#define LUTIST_IMAGE_RAW_LIBRAW_LIBRARY_H

#include <libraw.h>

#include "image/codec/library.h"

#define LIBRAW_FUNCTIONS(X)                                                            \
    X(libraw_version)                                                                  \
    X(libraw_strerror)                                                                 \
    X(libraw_init)                                                                     \
    X(libraw_close)                                                                    \
    X(libraw_set_dataerror_handler)                                                    \
    X(libraw_set_progress_handler)                                                     \
    X(libraw_open_file)                                                                \
    X(libraw_adjust_sizes_info_only)                                                   \
    X(libraw_unpack)                                                                   \
    X(libraw_dcraw_process)                                                            \
    X(libraw_dcraw_make_mem_image)                                                     \
    X(libraw_dcraw_clear_mem)

LIBRARY_TABLE(LibrawLibrary, LIBRAW_FUNCTIONS);
const LibrawLibrary *libraw_library(Err *err);

#endif
