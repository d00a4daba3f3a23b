#include "image/profile/lcms_library.h"

#include <stdio.h>

LIBRARY_DEFINE(lcms_library, LcmsLibrary, LCMS_FUNCTIONS, "liblcms2", "liblcms2.so.2",
               "liblcms2-2")

bool lcms_library_version(char *text, size_t size, Err *err)
{
    const LcmsLibrary *lcms = lcms_library(err);
    if (!lcms)
        return false;
    int version = lcms->cmsGetEncodedCMMversion();
    snprintf(text, size, "Little CMS %d.%d", version / 1000, version % 1000 / 10);
    return true;
}
