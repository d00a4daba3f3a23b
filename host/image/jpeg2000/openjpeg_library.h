/* openjpeg_library — OpenJPEG's functions that lutist calls.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JPEG2000_OPENJPEG_LIBRARY_H
#define LUTIST_IMAGE_JPEG2000_OPENJPEG_LIBRARY_H

#include <openjpeg.h>

#include "image/codec/library.h"

#define OPENJPEG_FUNCTIONS(X)                                                          \
    X(opj_version)                                                                     \
    X(opj_create_decompress)                                                           \
    X(opj_destroy_codec)                                                               \
    X(opj_set_default_decoder_parameters)                                              \
    X(opj_setup_decoder)                                                               \
    X(opj_decoder_set_strict_mode)                                                     \
    X(opj_set_error_handler)                                                           \
    X(opj_set_warning_handler)                                                         \
    X(opj_stream_default_create)                                                       \
    X(opj_stream_destroy)                                                              \
    X(opj_stream_set_read_function)                                                    \
    X(opj_stream_set_skip_function)                                                    \
    X(opj_stream_set_seek_function)                                                    \
    X(opj_stream_set_user_data)                                                        \
    X(opj_stream_set_user_data_length)                                                 \
    X(opj_read_header)                                                                 \
    X(opj_decode)                                                                      \
    X(opj_image_destroy)

LIBRARY_TABLE(OpenjpegLibrary, OPENJPEG_FUNCTIONS);
const OpenjpegLibrary *openjpeg_library(Err *err);

#endif
