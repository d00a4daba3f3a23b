/* webp_library — the functions of libwebp and libwebpmux that lutist calls.
 *
 * Some are in libwebp's headers as inline functions around these, which check the
 * version.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_WEBP_WEBP_LIBRARY_H
#define LUTIST_IMAGE_WEBP_WEBP_LIBRARY_H

#include <webp/decode.h>
#include <webp/encode.h>
#include <webp/mux.h>

#include "image/codec/library.h"

#define WEBP_FUNCTIONS(X)                                                              \
    X(WebPGetDecoderVersion)                                                           \
    X(WebPGetFeaturesInternal)                                                         \
    X(WebPInitDecoderConfigInternal)                                                   \
    X(WebPINewDecoder)                                                                 \
    X(WebPIUpdate)                                                                     \
    X(WebPIDelete)                                                                     \
    X(WebPConfigInitInternal)                                                          \
    X(WebPConfigLosslessPreset)                                                        \
    X(WebPPictureInitInternal)                                                         \
    X(WebPPictureAlloc)                                                                \
    X(WebPPictureFree)                                                                 \
    X(WebPMemoryWriterInit)                                                            \
    X(WebPMemoryWriterClear)                                                           \
    X(WebPMemoryWrite)                                                                 \
    X(WebPEncode)                                                                      \
    X(WebPFree)

LIBRARY_TABLE(WebpLibrary, WEBP_FUNCTIONS);
const WebpLibrary *webp_library(Err *err);

/* A library of its own, which only files with metadata need. */
#define WEBP_MUX_FUNCTIONS(X)                                                          \
    X(WebPNewInternal)                                                                 \
    X(WebPMuxDelete)                                                                   \
    X(WebPMuxSetImage)                                                                 \
    X(WebPMuxSetChunk)                                                                 \
    X(WebPMuxAssemble)

LIBRARY_TABLE(WebpMuxLibrary, WEBP_MUX_FUNCTIONS);
const WebpMuxLibrary *webp_mux_library(Err *err);

#endif
