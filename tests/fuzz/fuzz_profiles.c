/* fuzz_profiles FOLDER ROUNDS SEED: opens each ICC profile of the folder ROUNDS times,
 * each time changed in other places. A changed profile must be used, or refused in one
 * line; sanitizers find other faults. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "fuzz_random.h"
#include "image/meta/meta.h"
#include "image/profile/profile_transform.h"
#include "pipe/color/color_target.h"
#include "pipe/plan/plan.h"
#include "pipe/program/compile.h"
#include "pipe/program/run.h"

enum { MOST_BYTES = 1 << 20, MOST_CHANGES = 6, HEAD = 320, PIXELS = 64 };

static size_t load(const char *path, uint8_t *data)
{
    FILE *file = fopen(path, "rb");
    REQUIRE(file);
    size_t size = fread(data, 1, MOST_BYTES, file);
    fclose(file);
    return size;
}

/* Mostly in the header and the list of tags, which decide most. */
static void change(uint8_t *data, size_t size)
{
    static const uint8_t telling[] = {0, 1, 2, 3, 0x7F, 0x80, 0xFF};
    size_t head = size < HEAD ? size : HEAD;
    for (uint32_t n = 1 + below(MOST_CHANGES); n > 0; n--) {
        size_t at = below(2) ? below(head) : below(size);
        if (below(2))
            data[at] = telling[below(sizeof telling)];
        else
            data[at] ^= (uint8_t)(1 << below(8));
    }
}

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

/* How many of the changed profiles were opened. */
static int fuzz(const char *path, int rounds)
{
    Err err;
    Profile *srgb = profile_srgb(&err);
    ColorTarget *target = color_target_open("srgb", NULL, &err);
    REQUIRE(srgb && target);
    uint8_t *whole = mem_new(MOST_BYTES, 1);
    size_t size = load(path, whole);
    int good = 0;
    for (int i = 0; i < rounds; i++) {
        Block icc = {mem_new(size, 1), size}; /* its end is the memory's end */
        memcpy(icc.data, whole, size);
        change(icc.data, size);
        icc.size = below(8) ? size : 1 + below(size);
        good += use(&icc, target, srgb);
        mem_free(icc.data);
    }
    mem_free(whole);
    color_target_free(target);
    profile_unref(&srgb);
    return good;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    int rounds = atoi(argv[2]), files = 0, good = 0;
    random_seed((uint32_t)atoi(argv[3]));
    DIR *folder = opendir(argv[1]);
    REQUIRE(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char *path = path_join(argv[1], entry->d_name);
        if (entry->d_name[0] != '.') {
            good += fuzz(path, rounds);
            files++;
        }
        mem_free(path);
    }
    closedir(folder);
    printf("%d profiles, %d of %d changed ones were opened\n", files, good,
           files * rounds);
    return 0;
}
