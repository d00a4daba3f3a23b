#include "image/profile/profile_read.h"

#include <math.h>

#include "base/mem.h"

/* Where a curve is neither a formula that can be inverted nor a table. */
enum { SAMPLES = 4096 };

static double *table_new(size_t size)
{
    return mem_try(size, sizeof(double), NULL);
}

/* ICC's parametric curves: 1 (gamma) to 5, in Little CMS's count. */
static void take_formula(ProfileCurve *curve, int type, const double *p)
{
    *curve = (ProfileCurve){.g = p[0], .a = 1};
    if (type >= 2) {
        curve->a = p[1];
        curve->b = p[2];
    }
    if (type == 2 || type == 3)
        curve->d = -p[2] / p[1];
    if (type == 3)
        curve->e = curve->f = p[3];
    if (type >= 4) {
        curve->c = p[3];
        curve->d = p[4];
    }
    if (type == 5) {
        curve->e = p[5];
        curve->f = p[6];
    }
}

/* Rising, with numbers of an ordinary size. */
static bool is_sane(const ProfileCurve *curve)
{
    const double all[] = {curve->g, curve->a, curve->b, curve->c,
                          curve->d, curve->e, curve->f};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!(fabs(all[i]) <= 100))
            return false;
    return curve->g >= 0.05 && curve->a >= 1e-3 && curve->c >= 0 && curve->d <= 1 &&
           curve->a * fmax(curve->d, 0) + curve->b >= -1e-9;
}

static bool take_table(const LcmsLibrary *lcms, const cmsToneCurve *tone,
                       ProfileCurve *curve)
{
    size_t size = lcms->cmsGetToneCurveEstimatedTableEntries(tone);
    const cmsUInt16Number *values = lcms->cmsGetToneCurveEstimatedTable(tone);
    if (size < 2 || !values)
        return false;
    *curve = (ProfileCurve){.table = table_new(size), .size = size};
    for (size_t i = 0; curve->table && i < size; i++)
        curve->table[i] = values[i] / 65535.0;
    return curve->table && curve->table[size - 1] > curve->table[0];
}

static bool take_samples(const LcmsLibrary *lcms, const cmsToneCurve *tone,
                         ProfileCurve *curve)
{
    *curve = (ProfileCurve){.table = table_new(SAMPLES), .size = SAMPLES};
    for (int i = 0; curve->table && i < SAMPLES; i++) {
        double y = lcms->cmsEvalToneCurveFloat(tone, (float)i / (SAMPLES - 1));
        curve->table[i] = isfinite(y) ? fmin(fmax(y, 0), 1) : 0;
    }
    return curve->table;
}

static bool read_curve(const LcmsLibrary *lcms, const cmsToneCurve *tone,
                       ProfileCurve *curve)
{
    if (!tone)
        return false;
    int type = lcms->cmsGetToneCurveParametricType(tone);
    if (type == 0)
        return take_table(lcms, tone, curve);
    if (type >= 1 && type <= 5)
        take_formula(curve, type, lcms->cmsGetToneCurveParams(tone));
    return (type >= 1 && type <= 5 && is_sane(curve)) ||
           take_samples(lcms, tone, curve);
}

static bool read_column(const LcmsLibrary *lcms, cmsHPROFILE handle,
                        cmsTagSignature tag, int c, ProfileShaper *shaper)
{
    const cmsCIEXYZ *xyz = lcms->cmsReadTag(handle, tag);
    if (!xyz)
        return false;
    const double column[3] = {xyz->X, xyz->Y, xyz->Z};
    for (int r = 0; r < 3; r++) {
        shaper->matrix[r][c] = column[r];
        if (!(fabs(column[r]) <= 100))
            return false;
    }
    return true;
}

/* As Little CMS has it: displays of version 2 are adapted already. */
static void read_white(const LcmsLibrary *lcms, cmsHPROFILE handle,
                       ProfileShaper *shaper)
{
    enum { VERSION_4 = 0x4000000 };
    static const cmsCIEXYZ d50 = {cmsD50X, cmsD50Y, cmsD50Z};
    const cmsCIEXYZ *white = lcms->cmsReadTag(handle, cmsSigMediaWhitePointTag);
    bool adapted = lcms->cmsGetEncodedICCversion(handle) < VERSION_4 &&
                   lcms->cmsGetDeviceClass(handle) == cmsSigDisplayClass;
    if (!white || adapted || !(fmin(white->X, fmin(white->Y, white->Z)) > 1e-3))
        white = &d50;
    shaper->white[0] = white->X;
    shaper->white[1] = white->Y;
    shaper->white[2] = white->Z;
}

bool profile_read_shaper(const LcmsLibrary *lcms, cmsHPROFILE handle,
                         ProfileShaper *shaper)
{
    static const cmsTagSignature curves[3] = {cmsSigRedTRCTag, cmsSigGreenTRCTag,
                                              cmsSigBlueTRCTag};
    static const cmsTagSignature columns[3] = {
        cmsSigRedColorantTag, cmsSigGreenColorantTag, cmsSigBlueColorantTag};
    double inverse[3][3];
    *shaper = (ProfileShaper){0};
    bool good = true;
    read_white(lcms, handle, shaper);
    for (int c = 0; good && c < 3; c++)
        good =
            read_curve(lcms, lcms->cmsReadTag(handle, curves[c]), &shaper->curve[c]) &&
            read_column(lcms, handle, columns[c], c, shaper);
    if (good && profile_matrix_invert((const double(*)[3])shaper->matrix, inverse))
        return true;
    profile_shaper_term(shaper);
    return false;
}

/* CIE 1976: light of a lightness, both from 0 to 1. */
static double light_of(double lightness)
{
    double l = 100 * lightness;
    return l > 8 ? pow((l + 16) / 116, 3) : l / (24389.0 / 27);
}

/* The curve of a gray profile whose connection space is Lab gives lightness. */
static cmsToneCurve *curve_of_lightness(const LcmsLibrary *lcms,
                                        const cmsToneCurve *tone)
{
    float *light = mem_try(SAMPLES, sizeof *light, NULL);
    for (int i = 0; light && i < SAMPLES; i++)
        light[i] = (float)light_of(
            lcms->cmsEvalToneCurveFloat(tone, (float)i / (SAMPLES - 1)));
    cmsToneCurve *made =
        light ? lcms->cmsBuildTabulatedToneCurveFloat(NULL, SAMPLES, light) : NULL;
    mem_free(light);
    return made;
}

cmsHPROFILE profile_read_gray(const LcmsLibrary *lcms, cmsHPROFILE handle)
{
    static const cmsCIExyY white = {0.3127, 0.3290, 1};
    static const cmsCIExyYTRIPLE primaries = {
        {0.6400, 0.3300, 1}, {0.3000, 0.6000, 1}, {0.1500, 0.0600, 1}};
    const cmsToneCurve *tone = lcms->cmsReadTag(handle, cmsSigGrayTRCTag);
    if (!tone)
        return NULL;
    cmsToneCurve *curve = lcms->cmsGetPCS(handle) == cmsSigLabData
                              ? curve_of_lightness(lcms, tone)
                              : lcms->cmsDupToneCurve(tone);
    cmsToneCurve *const curves[3] = {curve, curve, curve};
    cmsHPROFILE made =
        curve ? lcms->cmsCreateRGBProfile(&white, &primaries, curves) : NULL;
    if (curve)
        lcms->cmsFreeToneCurve(curve);
    return made;
}
