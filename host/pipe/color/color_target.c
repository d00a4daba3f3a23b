#include "pipe/color/color_target.h"

#include <string.h>

#include "base/mem.h"

struct ColorTarget {
    Profile *srgb;  /* owned, as the next two */
    Profile *color; /* NULL: gray pictures alone */
    Profile *gray;  /* NULL: gray pictures get colours */
    RenderingIntent intent;
};

/* Gray pictures get the profile's own tone curve, where it has a single one. */
static bool find_gray(ColorTarget *target, Err *err)
{
    const ProfileShaper *shaper = profile_from_light(target->color);
    if (!shaper || !profile_curve_equal(&shaper->curve[0], &shaper->curve[1]) ||
        !profile_curve_equal(&shaper->curve[0], &shaper->curve[2]))
        return true;
    target->gray = profile_gray(target->color, err);
    return target->gray;
}

/* Takes the profile. */
static bool take(ColorTarget *target, Profile *profile, Err *err)
{
    bool gray = profile_space(profile) == PROFILE_GRAY;
    *(gray ? &target->gray : &target->color) = profile;
    if (profile_space(profile) == PROFILE_CMYK)
        return err_set(err, ERR_USAGE, "a CMYK profile; one of RGB is needed");
    if (!profile_is_target(profile))
        return err_set(err, ERR_USAGE,
                       "an ICC profile of an input device; it has no way back to its "
                       "samples");
    return gray || find_gray(target, err);
}

/* RENDER_NONE: *err is set. */
static RenderingIntent read_intent(const char *name, Err *err)
{
    RenderingIntent intent = profile_intent(name);
    if (intent == RENDER_NONE)
        err_set(err, ERR_USAGE,
                "the rendering intent must be perceptual, relative, saturation or "
                "absolute, not '%s'",
                name);
    return intent;
}

/* Takes the profile; NULL: *err is set. */
static ColorTarget *target_new(Profile *profile, RenderingIntent intent, Err *err)
{
    ColorTarget *target = mem_new(1, sizeof *target);
    target->intent = intent;
    target->srgb = profile ? profile_srgb(err) : NULL;
    if (profile && !target->srgb)
        profile_unref(&profile);
    if (profile && take(target, profile, err))
        return target;
    color_target_free(target);
    return NULL;
}

ColorTarget *color_target_open(const char *what, const char *intent, Err *err)
{
    bool srgb = strcmp(what, "srgb") == 0;
    RenderingIntent number = read_intent(intent, err);
    if (number == RENDER_NONE)
        return NULL;
    Profile *profile = srgb ? profile_srgb(err) : profile_load(what, err);
    ColorTarget *target = target_new(profile, number, err);
    if (!target && !srgb)
        err_in(err, what); /* profile_load has done so */
    if (!target)
        err_of_option(err);
    return target;
}

ColorTarget *color_target_of(const Block *icc, Err *err)
{
    return target_new(profile_open(icc, err), RENDER_PERCEPTUAL, err);
}

void color_target_free(ColorTarget *target)
{
    if (!target)
        return;
    profile_unref(&target->srgb);
    profile_unref(&target->color);
    profile_unref(&target->gray);
    mem_free(target);
}

bool color_target_is_srgb(const ColorTarget *target)
{
    const Block *srgb = profile_icc(target->srgb);
    const Block *icc = target->color ? profile_icc(target->color) : NULL;
    return icc && icc->size == srgb->size &&
           memcmp(icc->data, srgb->data, icc->size) == 0;
}

const char *color_target_name(const ColorTarget *target)
{
    return profile_name(target->color ? target->color : target->gray);
}

/* The picture's own profile, or that of the space it declares, or sRGB. */
static Profile *profile_of(const ColorTarget *target, const Meta *meta, int channels,
                           Err *err)
{
    static const char *const names[] = {
        [PROFILE_GRAY] = "gray", [PROFILE_RGB] = "RGB", [PROFILE_CMYK] = "CMYK"};
    Err why;
    Profile *own = profile_of_picture(meta, &why);
    if (!own && !why.kind)
        return profile_ref(target->srgb);
    if (!own && err)
        *err = why;
    if (!own || !meta_icc_misfit(meta, channels))
        return own;
    err_set(err, ERR_FILE, "its ICC profile is one of %s, and the picture is %s",
            names[profile_space(own)],
            names[channels <= 2 ? PROFILE_GRAY : PROFILE_RGB]);
    profile_unref(&own);
    return NULL;
}

bool color_target_conversion(const ColorTarget *target, const Meta *meta, int channels,
                             ColorConversion **made, Err *err)
{
    Profile *from = profile_of(target, meta, channels, err);
    *made = NULL;
    if (!from)
        return false;
    ColorRoute route = {.from = from,
                        .to = target->color ? target->color : target->gray,
                        .intent = target->intent,
                        .gray = channels <= 2};
    bool good = color_conversion_new(&route, made, err);
    profile_unref(&from);
    return good;
}

const Block *color_target_icc(const ColorTarget *target, int channels, Err *err)
{
    bool gray = channels <= 2 && target->gray;
    const Profile *profile = gray ? target->gray : target->color;
    if (profile)
        return profile_icc(profile);
    err_set(err, ERR_FILE,
            "the result has colours, and the profile to convert to (%s) is gray",
            color_target_name(target));
    return NULL;
}
