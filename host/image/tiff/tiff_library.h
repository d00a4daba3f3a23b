/* tiff_library — libtiff's functions that lutist calls.
 *
 * libtiff brings seven other libraries, the C++ one among them, which cost every start
 * of the program more than all other codecs together.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_TIFF_TIFF_LIBRARY_H
#define LUTIST_IMAGE_TIFF_TIFF_LIBRARY_H

#include <tiffio.h>

#include "image/codec/library.h"

#define TIFF_FUNCTIONS(X)                                                              \
    X(TIFFClientOpenExt)                                                               \
    X(TIFFClose)                                                                       \
    X(TIFFComputeStrip)                                                                \
    X(TIFFComputeTile)                                                                 \
    X(TIFFCurrentDirOffset)                                                            \
    X(TIFFFindCODEC)                                                                   \
    X(TIFFGetField)                                                                    \
    X(TIFFGetFieldDefaulted)                                                           \
    X(TIFFGetStrileByteCount)                                                          \
    X(TIFFGetStrileOffset)                                                             \
    X(TIFFGetVersion)                                                                  \
    X(TIFFIsByteSwapped)                                                               \
    X(TIFFIsCODECConfigured)                                                           \
    X(TIFFIsTiled)                                                                     \
    X(TIFFLastDirectory)                                                               \
    X(TIFFMergeFieldInfo)                                                              \
    X(TIFFOpenOptionsAlloc)                                                            \
    X(TIFFOpenOptionsFree)                                                             \
    X(TIFFOpenOptionsSetErrorHandlerExtR)                                              \
    X(TIFFOpenOptionsSetMaxSingleMemAlloc)                                             \
    X(TIFFOpenOptionsSetWarningHandlerExtR)                                            \
    X(TIFFRGBAImageBegin)                                                              \
    X(TIFFRGBAImageEnd)                                                                \
    X(TIFFRGBAImageGet)                                                                \
    X(TIFFRGBAImageOK)                                                                 \
    X(TIFFReadDirectory)                                                               \
    X(TIFFReadEncodedStrip)                                                            \
    X(TIFFReadEncodedTile)                                                             \
    X(TIFFReadScanline)                                                                \
    X(TIFFScanlineSize64)                                                              \
    X(TIFFSetDirectory)                                                                \
    X(TIFFSetField)                                                                    \
    X(TIFFSetMode)                                                                     \
    X(TIFFSetSubDirectory)                                                             \
    X(TIFFTileRowSize64)                                                               \
    X(TIFFTileSize64)                                                                  \
    X(TIFFVStripSize64)                                                                \
    X(TIFFWriteDirectory)                                                              \
    X(TIFFWriteEncodedStrip)                                                           \
    X(TIFFWriteRawStrip)

LIBRARY_TABLE(TiffLibrary, TIFF_FUNCTIONS);
const TiffLibrary *tiff_library(Err *err);

#endif
