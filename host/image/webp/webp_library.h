/* webp_library — libwebp's functions that lutist calls.
 *
 * Some are in libwebp's headers as inline functions around these, which check the
 * version.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_WEBP_WEBP_LIBRARY_H
#define LUTIST_IMAGE_WEBP_WEBP_LIBRARY_H

#include <webp/decode.h>

#include "image/codec/library.h"

#define WEBP_FUNCTIONS(X)                                                              \
    X(WebPGetDecoderVersion)                                                           \
    X(WebPGetFeaturesInternal)                                                         \
    X(WebPInitDecoderConfigInternal)                                                   \
    X(WebPINewDecoder)                                                                 \
    X(WebPIUpdate)                                                                     \
    X(WebPIDelete)

LIBRARY_TABLE(WebpLibrary, WEBP_FUNCTIONS);
const WebpLibrary *webp_library(Err *err);

#endif
