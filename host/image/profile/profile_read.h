/* profile_read — curves and matrix, read through Little CMS.
 *
 * Threads: one at a time for a handle.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PROFILE_PROFILE_READ_H
#define LUTIST_IMAGE_PROFILE_PROFILE_READ_H

#include "image/profile/lcms_library.h"
#include "image/profile/profile_shaper.h"

/* Curves and matrix of an RGB profile. False: it has none, or they are unusable. */
bool profile_read_shaper(const LcmsLibrary *lcms, cmsHPROFILE handle,
                         ProfileShaper *shaper);
/* An RGB profile with the primaries of sRGB and the curve of a gray one. NULL: it has
 * no curve. */
cmsHPROFILE profile_read_gray(const LcmsLibrary *lcms, cmsHPROFILE handle);

#endif
