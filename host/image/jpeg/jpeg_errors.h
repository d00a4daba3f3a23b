/* jpeg_errors — libjpeg's error manager, which throws a CodecError.
 *
 * Warnings are errors, too, until jpeg_source handles them.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG_JPEG_ERRORS_H
#define LUTIST_IMAGE_JPEG_JPEG_ERRORS_H

/* jpeglib.h needs both before it. */
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>

#include "image/codec/codec_error.h"

typedef struct JpegErrors {
    struct jpeg_error_mgr manager; /* first: libjpeg hands it back */
    CodecError error;
} JpegErrors;

/* The value of cinfo.err. `errors` must outlive the codec. */
struct jpeg_error_mgr *jpeg_errors_init(JpegErrors *errors);
/* libjpeg's text without its own "Corrupt JPEG data: ". */
const char *jpeg_errors_plain(const char *text);
/* Throw what libjpeg has just reported. */
_Noreturn void jpeg_errors_throw(j_common_ptr cinfo);

#endif
