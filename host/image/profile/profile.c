#include "image/profile/profile.h"

#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/file/regular.h"
#include "base/mem.h"
#include "image/profile/profile_make.h"
#include "image/profile/profile_read.h"

enum {
    HEADER_BYTES = 128,
    SPACE_AT = 16,
    DATE_AT = 24,
    DATE_BYTES = 12,
    MAGIC_AT = 36,
};
static const long MOST_BYTES = 64 << 20;

struct Profile {
    /* immutable after open */
    const LcmsLibrary *lcms;
    Block icc;          /* owned */
    cmsHPROFILE handle; /* owned; of a gray profile: an RGB profile of its curve */
    ProfileSpace space;
    char name[80];
    bool has_shaper, to_tables, from_tables;
    ProfileShaper shaper; /* where has_shaper */
    /* atomic */
    atomic_int refs;
};

static bool find_space(Profile *p, Err *err)
{
    switch (p->lcms->cmsGetColorSpace(p->handle)) {
    case cmsSigGrayData:
        p->space = PROFILE_GRAY;
        return true;
    case cmsSigRgbData:
        p->space = PROFILE_RGB;
        return true;
    case cmsSigCmykData:
        p->space = PROFILE_CMYK;
        return true;
    default:
        return err_set(err, ERR_FILE,
                       "an ICC profile of another colour space than gray, RGB and "
                       "CMYK");
    }
}

static bool check_class(const Profile *p, Err *err)
{
    switch (p->lcms->cmsGetDeviceClass(p->handle)) {
    case cmsSigInputClass:
    case cmsSigDisplayClass:
    case cmsSigOutputClass:
    case cmsSigColorSpaceClass:
        return true;
    case cmsSigLinkClass:
        return err_set(err, ERR_FILE,
                       "an ICC device link, which joins two devices; a profile of one "
                       "is needed");
    default:
        return err_set(err, ERR_FILE, "an ICC profile that describes no device");
    }
}

static void read_name(Profile *p)
{
    char text[sizeof p->name] = "";
    p->lcms->cmsGetProfileInfoASCII(p->handle, cmsInfoDescription, "en", "US", text,
                                    sizeof text);
    text[sizeof text - 1] = '\0';
    for (char *at = text; *at; at++)
        if (*at < ' ' || *at > '~')
            *at = '?';
    snprintf(p->name, sizeof p->name, "%s", text[0] ? text : "unnamed profile");
}

static bool has_any(const Profile *p, const cmsTagSignature tags[7])
{
    for (int i = 0; i < 7; i++)
        if (p->lcms->cmsIsTag(p->handle, tags[i]))
            return true;
    return false;
}

static void find_tables(Profile *p)
{
    static const cmsTagSignature to[7] = {
        cmsSigAToB0Tag, cmsSigAToB1Tag, cmsSigAToB2Tag, cmsSigDToB0Tag,
        cmsSigDToB1Tag, cmsSigDToB2Tag, cmsSigDToB3Tag};
    static const cmsTagSignature from[7] = {
        cmsSigBToA0Tag, cmsSigBToA1Tag, cmsSigBToA2Tag, cmsSigBToD0Tag,
        cmsSigBToD1Tag, cmsSigBToD2Tag, cmsSigBToD3Tag};
    p->to_tables = has_any(p, to);
    p->from_tables = has_any(p, from);
}

static bool take_gray(Profile *p, Err *err)
{
    cmsHPROFILE rgb = profile_read_gray(p->lcms, p->handle);
    if (!rgb)
        return err_set(err, ERR_FILE, "a gray ICC profile without a usable tone curve");
    p->lcms->cmsCloseProfile(p->handle);
    p->handle = rgb;
    return true;
}

/* The matrix as files hold it, in steps of 1/65536: a gray profile's is that of
 * profile_srgb to the last bit, so nothing mixes the channels between them. */
static void round_matrix(ProfileShaper *shaper)
{
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            shaper->matrix[r][c] = floor(shaper->matrix[r][c] * 65536 + 0.5) / 65536;
}

/* Without a shaper the tables of that direction are needed. */
static bool read_contents(Profile *p, Err *err)
{
    read_name(p);
    if (p->space == PROFILE_GRAY && !take_gray(p, err))
        return false;
    find_tables(p);
    if (p->space != PROFILE_CMYK)
        p->has_shaper = profile_read_shaper(p->lcms, p->handle, &p->shaper);
    if (p->space == PROFILE_GRAY && p->has_shaper)
        round_matrix(&p->shaper);
    return p->has_shaper || p->to_tables ||
           err_set(err, ERR_FILE, "damaged ICC profile: its tables are missing");
}

static bool open_handle(Profile *p, Err *err)
{
    p->handle =
        p->lcms->cmsOpenProfileFromMem(p->icc.data, (cmsUInt32Number)p->icc.size);
    return p->handle || err_set(err, ERR_FILE, "damaged ICC profile");
}

static bool is_profile(const Block *icc)
{
    return icc->size >= HEADER_BYTES && memcmp(icc->data + MAGIC_AT, "acsp", 4) == 0;
}

Profile *profile_open(const Block *icc, Err *err)
{
    if (!is_profile(icc)) {
        err_set(err, ERR_FILE, "damaged ICC profile: its header is wrong");
        return NULL;
    }
    const LcmsLibrary *lcms = lcms_library(err);
    if (!lcms)
        return NULL;
    Profile *p = mem_new(1, sizeof *p);
    atomic_init(&p->refs, 1);
    p->lcms = lcms;
    if (meta_set(&p->icc, icc->data, icc->size, err) && open_handle(p, err) &&
        check_class(p, err) && find_space(p, err) && read_contents(p, err))
        return p;
    profile_unref(&p);
    return NULL;
}

static bool read_file(FILE *file, Block *icc, Err *err)
{
    uint8_t head[HEADER_BYTES];
    if (fread(head, 1, sizeof head, file) < sizeof head ||
        !is_profile(&(Block){head, sizeof head}) || fseek(file, 0, SEEK_END) != 0)
        return err_set(err, ERR_FILE, "not an ICC profile");
    long size = ftell(file);
    if (size > MOST_BYTES)
        return err_set(err, ERR_FILE, "an ICC profile of more than 64 MiB");
    rewind(file);
    icc->data = mem_try((size_t)size, 1, err);
    icc->size = icc->data ? fread(icc->data, 1, (size_t)size, file) : 0;
    return icc->data;
}

Profile *profile_load(const char *path, Err *err)
{
    Block icc = {0};
    Profile *profile = NULL;
    FILE *file = regular_open(path, "the profile", NULL, err);
    if (!file)
        return NULL;
    if (read_file(file, &icc, err))
        profile = profile_open(&icc, err);
    fclose(file);
    mem_free(icc.data);
    if (!profile)
        err_in(err, path);
    return profile;
}

/* Takes a profile that Little CMS has made. Its date becomes a fixed one: equal inputs
 * make equal files. */
static Profile *take_made(const LcmsLibrary *lcms, cmsHPROFILE made, Err *err)
{
    static const uint8_t date[DATE_BYTES] = {0x07, 0xd0, 0, 1, 0, 1};
    Block icc = {0};
    cmsUInt32Number size = 0;
    Profile *profile = NULL;
    if (made && lcms->cmsSaveProfileToMem(made, NULL, &size))
        icc = (Block){mem_try(size, 1, NULL), size};
    if (icc.data && lcms->cmsSaveProfileToMem(made, icc.data, &size)) {
        memcpy(icc.data + DATE_AT, date, sizeof date);
        profile = profile_open(&icc, err);
    } else {
        err_set_errno(err, ERR_MEMORY, ENOMEM, "ICC profile");
    }
    mem_free(icc.data);
    if (made)
        lcms->cmsCloseProfile(made);
    return profile;
}

Profile *profile_srgb(Err *err)
{
    const LcmsLibrary *lcms = lcms_library(err);
    return lcms ? take_made(lcms, lcms->cmsCreate_sRGBProfile(), err) : NULL;
}

Profile *profile_declared(const DeclaredSpace *space, Err *err)
{
    const LcmsLibrary *lcms = lcms_library(err);
    return lcms ? take_made(lcms, profile_make_declared(lcms, space), err) : NULL;
}

Profile *profile_of_picture(const Meta *meta, Err *err)
{
    DeclaredSpace space = declared_space(meta);
    *err = (Err){0};
    if (meta && meta->icc.data)
        return profile_open(&meta->icc, err);
    return space.by ? profile_declared(&space, err) : NULL;
}

Profile *profile_gray(const Profile *profile, Err *err)
{
    static const cmsCIExyY d50 = {0.3457, 0.3585, 1};
    const LcmsLibrary *lcms = profile->lcms;
    const cmsToneCurve *tone = lcms->cmsReadTag(profile->handle, cmsSigGreenTRCTag);
    return take_made(lcms, tone ? lcms->cmsCreateGrayProfile(&d50, tone) : NULL, err);
}

Profile *profile_linear(const Profile *profile, Err *err)
{
    static const cmsTagSignature curves[3] = {cmsSigRedTRCTag, cmsSigGreenTRCTag,
                                              cmsSigBlueTRCTag};
    const LcmsLibrary *lcms = profile->lcms;
    Profile *linear = profile_open(&profile->icc, err);
    cmsToneCurve *line = linear ? lcms->cmsBuildGamma(NULL, 1) : NULL;
    bool good = line;
    for (int c = 0; good && c < 3; c++)
        good = lcms->cmsWriteTag(linear->handle, curves[c], line);
    if (line)
        lcms->cmsFreeToneCurve(line);
    if (linear && !good) {
        err_set_errno(err, ERR_MEMORY, ENOMEM, "ICC profile");
        profile_unref(&linear);
    }
    return linear;
}

Profile *profile_ref(const Profile *profile)
{
    Profile *own = (Profile *)profile;
    if (own)
        atomic_fetch_add_explicit(&own->refs, 1, memory_order_relaxed);
    return own;
}

void profile_unref(Profile **profile)
{
    Profile *old = *profile;
    *profile = NULL;
    if (!old || atomic_fetch_sub_explicit(&old->refs, 1, memory_order_acq_rel) > 1)
        return;
    if (old->handle)
        old->lcms->cmsCloseProfile(old->handle);
    profile_shaper_term(&old->shaper);
    mem_free(old->icc.data);
    mem_free(old);
}

ProfileSpace profile_space(const Profile *profile)
{
    return profile->space;
}

const char *profile_name(const Profile *profile)
{
    return profile->name;
}

void *profile_handle(const Profile *profile)
{
    return profile->handle;
}

const Block *profile_icc(const Profile *profile)
{
    return &profile->icc;
}

const ProfileShaper *profile_to_light(const Profile *profile)
{
    return profile->has_shaper && !profile->to_tables ? &profile->shaper : NULL;
}

const ProfileShaper *profile_from_light(const Profile *profile)
{
    return profile->has_shaper && !profile->from_tables ? &profile->shaper : NULL;
}

bool profile_is_target(const Profile *profile)
{
    return profile->has_shaper || profile->from_tables;
}

bool profile_claims(const Block *icc, ProfileSpace space)
{
    static const char *const marks[] = {
        [PROFILE_GRAY] = "GRAY", [PROFILE_RGB] = "RGB ", [PROFILE_CMYK] = "CMYK"};
    return icc->size >= HEADER_BYTES &&
           memcmp(icc->data + SPACE_AT, marks[space], 4) == 0;
}

RenderingIntent profile_intent(const char *name)
{
    static const char *const names[] = {"perceptual", "relative", "saturation",
                                        "absolute"};
    if (!name)
        return RENDER_PERCEPTUAL;
    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0)
            return (RenderingIntent)i;
    return RENDER_NONE;
}
