/* profile_make — a profile of a declared colour space.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PROFILE_PROFILE_MAKE_H
#define LUTIST_IMAGE_PROFILE_PROFILE_MAKE_H

#include "image/meta/declared.h"
#include "image/profile/lcms_library.h"

/* Named as declared_name has it. The caller closes it; NULL: no memory. */
cmsHPROFILE profile_make_declared(const LcmsLibrary *lcms, const DeclaredSpace *space);

#endif
