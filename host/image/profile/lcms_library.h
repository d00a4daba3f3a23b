/* lcms_library — Little CMS's functions that lutist calls.
 *
 * Threads: any; one transform or profile at a time each, unless its header says more.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PROFILE_LCMS_LIBRARY_H
#define LUTIST_IMAGE_PROFILE_LCMS_LIBRARY_H

#include <lcms2.h>

#include "image/codec/library.h"

#define LCMS_FUNCTIONS(X)                                                              \
    X(cmsGetEncodedCMMversion)                                                         \
    X(cmsOpenProfileFromMem)                                                           \
    X(cmsSaveProfileToMem)                                                             \
    X(cmsCloseProfile)                                                                 \
    X(cmsGetColorSpace)                                                                \
    X(cmsGetDeviceClass)                                                               \
    X(cmsGetEncodedICCversion)                                                         \
    X(cmsGetPCS)                                                                       \
    X(cmsGetProfileInfoASCII)                                                          \
    X(cmsIsTag)                                                                        \
    X(cmsReadTag)                                                                      \
    X(cmsCreate_sRGBProfile)                                                           \
    X(cmsCreateGrayProfile)                                                            \
    X(cmsCreateRGBProfile)                                                             \
    X(cmsWriteTag)                                                                     \
    X(cmsMLUalloc)                                                                     \
    X(cmsMLUfree)                                                                      \
    X(cmsMLUsetASCII)                                                                  \
    X(cmsBuildGamma)                                                                   \
    X(cmsBuildParametricToneCurve)                                                     \
    X(cmsBuildTabulatedToneCurveFloat)                                                 \
    X(cmsDupToneCurve)                                                                 \
    X(cmsFreeToneCurve)                                                                \
    X(cmsEvalToneCurveFloat)                                                           \
    X(cmsGetToneCurveParametricType)                                                   \
    X(cmsGetToneCurveParams)                                                           \
    X(cmsGetToneCurveEstimatedTableEntries)                                            \
    X(cmsGetToneCurveEstimatedTable)                                                   \
    X(cmsCreateTransform)                                                              \
    X(cmsDoTransform)                                                                  \
    X(cmsDeleteTransform)

LIBRARY_TABLE(LcmsLibrary, LCMS_FUNCTIONS);
const LcmsLibrary *lcms_library(Err *err);

/* "Little CMS 2.14", for people. Fails: ERR_FILE where it cannot be opened. */
bool lcms_library_version(char *text, size_t size, Err *err);

#endif
