/* fuzz_profiles: ICC profiles. They are used, or refused in one line.
 *
 * A libFuzzer target, and a program: fuzz_files.h. */
#include <string.h>

#include "base/mem.h"
#include "fuzz_files.h"
#include "fuzz_random.h"
#include "image/meta/meta.h"
#include "image/profile/profile_transform.h"
#include "pipe/color/color_target.h"
#include "pipe/plan/plan.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"

enum { PIXELS = 64 };

static void check(bool good, const Err *err)
{
    REQUIRE(good || (err->text[0] && !strchr(err->text, '\n')));
}

/* Random pixels of 8 bits through the conversion. */
static void run(const ColorConversion *conversion)
{
    Err err = {0};
    uint8_t from[3 * PIXELS], to[3 * PIXELS];
    Plan *plan = plan_new(conversion->stages, conversion->count, 8, &err);
    Program *program = plan ? compile_plan(plan, 3, &err) : NULL;
    check(program, &err);
    for (size_t i = 0; i < sizeof from; i++)
        from[i] = (uint8_t)below(256);
    if (program)
        run_rows(program, (ImageInfo){PIXELS, 1, 3, 8}, from, sizeof from, to,
                 sizeof to, 1);
    program_unref(&program);
    plan_unref(&plan);
}

static void convert(const ColorTarget *target, const Block *icc, int channels)
{
    Err err = {0};
    Meta *meta = meta_new();
    ColorConversion *made = NULL;
    REQUIRE(meta_set(&meta->icc, icc->data, icc->size, &err));
    check(color_target_conversion(target, meta, channels, &made, &err), &err);
    if (made)
        run(made);
    color_conversion_unref(&made);
    meta_unref(&meta);
}

static void use_inks(const Profile *profile, const Profile *srgb)
{
    Err err = {0};
    uint16_t inks[4 * PIXELS], rgb[3 * PIXELS];
    ProfileTransform *transform =
        profile_transform_new(profile, srgb, RENDER_PERCEPTUAL, &err);
    check(transform, &err);
    for (size_t i = 0; i < sizeof inks / sizeof *inks; i++)
        inks[i] = (uint16_t)below(65536);
    if (transform)
        profile_transform_inks(transform, inks, rgb, PIXELS);
    profile_transform_free(transform);
}

/* As a picture's profile, and as what pictures are converted to. True: it was opened.
 */
static bool use(const Block *icc, const ColorTarget *target, const Profile *srgb)
{
    Err err = {0};
    Profile *profile = profile_open(icc, &err);
    check(profile, &err);
    if (!profile)
        return false;
    if (profile_space(profile) == PROFILE_CMYK) {
        use_inks(profile, srgb);
    } else {
        convert(target, icc, profile_space(profile) == PROFILE_GRAY ? 1 : 3);
        ColorTarget *own = color_target_of(icc, &err);
        check(own, &err);
        if (own)
            convert(own, profile_icc(srgb), 3);
        color_target_free(own);
    }
    profile_unref(&profile);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Profile *srgb;
    static ColorTarget *target;
    Err err;
    if (!srgb)
        srgb = profile_srgb(&err);
    if (!target)
        target = color_target_open("srgb", NULL, &err);
    REQUIRE(srgb && target);
    Block icc = {0};
    REQUIRE(meta_set(&icc, data, size, NULL));
    random_seed(fuzz_files_seed(data, size));
    fuzz_files.read += use(&icc, target, srgb);
    meta_drop(&icc);
    return 0;
}

FuzzFiles fuzz_files = {"profiles", 0};
