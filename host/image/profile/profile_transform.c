#include "image/profile/profile_transform.h"

#include <math.h>

#include "base/mem.h"
#include "image/profile/lcms_library.h"

/* The largest magnitude of a sample. */
static const double MOST = 4;

struct ProfileTransform {
    const LcmsLibrary *lcms;
    cmsHTRANSFORM handle;
};

/* Colours are sampled once each, so their tables need not be prepared; inks are
 * converted pixel by pixel. */
ProfileTransform *profile_transform_new(const Profile *from, const Profile *to,
                                        RenderingIntent intent, Err *err)
{
    bool inks = profile_space(from) == PROFILE_CMYK;
    const LcmsLibrary *lcms = lcms_library(err);
    if (!lcms)
        return NULL;
    ProfileTransform *t = mem_new(1, sizeof *t);
    t->lcms = lcms;
    t->handle = lcms->cmsCreateTransform(
        profile_handle(from), inks ? TYPE_CMYK_16 : TYPE_RGB_DBL, profile_handle(to),
        inks ? TYPE_RGB_16 : TYPE_RGB_DBL, (cmsUInt32Number)intent,
        inks ? 0 : cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
    if (t->handle)
        return t;
    err_set(err, ERR_FILE, "damaged ICC profile: its tables cannot be used");
    mem_free(t);
    return NULL;
}

void profile_transform_free(ProfileTransform *transform)
{
    if (transform)
        transform->lcms->cmsDeleteTransform(transform->handle);
    mem_free(transform);
}

void profile_transform_colors(const ProfileTransform *transform, const double *from,
                              double *to, size_t count)
{
    transform->lcms->cmsDoTransform(transform->handle, from, to,
                                    (cmsUInt32Number)count);
    for (size_t i = 0; i < 3 * count; i++)
        to[i] = isnan(to[i]) ? 0 : fmin(fmax(to[i], -MOST), MOST);
}

void profile_transform_inks(const ProfileTransform *transform, const uint16_t *inks,
                            uint16_t *rgb, size_t count)
{
    transform->lcms->cmsDoTransform(transform->handle, inks, rgb,
                                    (cmsUInt32Number)count);
}
