/* jxl_library — libjxl's functions that lutist calls.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JXL_JXL_LIBRARY_H
#define LUTIST_IMAGE_JXL_JXL_LIBRARY_H

#include <jxl/decode.h>
#include <jxl/encode.h>

#include "image/codec/library.h"

#define JXL_FUNCTIONS(X)                                                               \
    X(JxlDecoderVersion)                                                               \
    X(JxlDecoderCreate)                                                                \
    X(JxlDecoderDestroy)                                                               \
    X(JxlDecoderSetParallelRunner)                                                     \
    X(JxlDecoderSubscribeEvents)                                                       \
    X(JxlDecoderSetDecompressBoxes)                                                    \
    X(JxlDecoderSetInput)                                                              \
    X(JxlDecoderReleaseInput)                                                          \
    X(JxlDecoderCloseInput)                                                            \
    X(JxlDecoderProcessInput)                                                          \
    X(JxlDecoderGetBasicInfo)                                                          \
    X(JxlDecoderGetColorAsEncodedProfile)                                              \
    X(JxlDecoderGetICCProfileSize)                                                     \
    X(JxlDecoderGetColorAsICCProfile)                                                  \
    X(JxlDecoderSetPreferredColorProfile)                                              \
    X(JxlDecoderGetBoxType)                                                            \
    X(JxlDecoderSetBoxBuffer)                                                          \
    X(JxlDecoderReleaseBoxBuffer)                                                      \
    X(JxlDecoderImageOutBufferSize)                                                    \
    X(JxlDecoderSetImageOutBuffer)                                                     \
    X(JxlEncoderCreate)                                                                \
    X(JxlEncoderDestroy)                                                               \
    X(JxlEncoderGetError)                                                              \
    X(JxlEncoderUseBoxes)                                                              \
    X(JxlEncoderAddBox)                                                                \
    X(JxlEncoderCloseBoxes)                                                            \
    X(JxlEncoderInitBasicInfo)                                                         \
    X(JxlEncoderSetBasicInfo)                                                          \
    X(JxlEncoderSetColorEncoding)                                                      \
    X(JxlEncoderSetICCProfile)                                                         \
    X(JxlColorEncodingSetToSRGB)                                                       \
    X(JxlEncoderFrameSettingsCreate)                                                   \
    X(JxlEncoderFrameSettingsSetOption)                                                \
    X(JxlEncoderSetFrameLossless)                                                      \
    X(JxlEncoderSetFrameDistance)                                                      \
    X(JxlEncoderAddImageFrame)                                                         \
    X(JxlEncoderCloseInput)                                                            \
    X(JxlEncoderProcessOutput)

LIBRARY_TABLE(JxlLibrary, JXL_FUNCTIONS);
const JxlLibrary *jxl_library(Err *err);

#endif
