#include "image/profile/profile_make.h"

static const double ONE = 100000;

static cmsToneCurve *make_curve(const LcmsLibrary *lcms, int32_t gamma)
{
    static const double srgb[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    return gamma ? lcms->cmsBuildGamma(NULL, ONE / gamma)
                 : lcms->cmsBuildParametricToneCurve(NULL, 4, srgb);
}

static cmsCIExyY color_of(const int32_t xy[2])
{
    return (cmsCIExyY){xy[0] / ONE, xy[1] / ONE, 1};
}

static bool set_name(const LcmsLibrary *lcms, cmsHPROFILE profile,
                     const DeclaredSpace *space)
{
    char name[80];
    declared_name(space, name, sizeof name);
    cmsMLU *text = lcms->cmsMLUalloc(NULL, 1);
    bool good = text && lcms->cmsMLUsetASCII(text, "en", "US", name) &&
                lcms->cmsWriteTag(profile, cmsSigProfileDescriptionTag, text);
    if (text)
        lcms->cmsMLUfree(text);
    return good;
}

cmsHPROFILE profile_make_declared(const LcmsLibrary *lcms, const DeclaredSpace *space)
{
    const int32_t *c = space->chroma;
    cmsCIExyY white = color_of(c);
    cmsCIExyYTRIPLE primaries = {color_of(c + 2), color_of(c + 4), color_of(c + 6)};
    cmsToneCurve *curve = make_curve(lcms, space->gamma);
    cmsToneCurve *const curves[3] = {curve, curve, curve};
    cmsHPROFILE made =
        curve ? lcms->cmsCreateRGBProfile(&white, &primaries, curves) : NULL;
    if (curve)
        lcms->cmsFreeToneCurve(curve);
    if (made && !set_name(lcms, made, space)) {
        lcms->cmsCloseProfile(made);
        made = NULL;
    }
    return made;
}
