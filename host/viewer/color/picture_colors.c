#include "viewer/color/picture_colors.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "viewer/x11/x11_profile.h"

void picture_colors_clear(PictureColors *colors)
{
    color_conversion_unref(&colors->conversion);
    plan_unref(&colors->plan);
}

static PictureColors copy(const PictureColors *colors)
{
    PictureColors made = *colors;
    color_conversion_ref(made.conversion);
    if (made.plan)
        plan_ref(made.plan);
    return made;
}

void display_colors_init(DisplayColors *display, const ColorTarget *given)
{
    *display = (DisplayColors){.given = given};
    pthread_mutex_init(&display->lock, NULL);
    pthread_mutex_init(&display->telling, NULL);
}

void display_colors_term(DisplayColors *display)
{
    picture_colors_clear(&display->last);
    color_target_free(display->own);
    color_target_free(display->srgb);
    meta_drop(&display->icc);
    meta_drop(&display->profile);
    pthread_mutex_destroy(&display->telling);
    pthread_mutex_destroy(&display->lock);
}

static bool is_same(const Block *a, const Block *b)
{
    return a->size == b->size && (!a->size || memcmp(a->data, b->data, a->size) == 0);
}

/* The profile to take, in `icc`, which the caller drops. False: the last one stays. */
static bool is_told(DisplayColors *display, Block *icc)
{
    pthread_mutex_lock(&display->telling);
    bool told = display->fresh &&
                meta_set(icc, display->profile.data, display->profile.size, NULL);
    display->fresh = display->fresh && !told;
    pthread_mutex_unlock(&display->telling);
    return told;
}

static bool is_known(DisplayColors *display)
{
    pthread_mutex_lock(&display->telling);
    bool known = display->known;
    pthread_mutex_unlock(&display->telling);
    return known;
}

/* `asked`: it counts only if nobody has told another. */
static bool tell(DisplayColors *display, const Block *icc, bool asked)
{
    pthread_mutex_lock(&display->telling);
    bool known = display->known;
    bool wanted = !known || (!asked && !is_same(&display->profile, icc));
    bool other = wanted && meta_set(&display->profile, icc->data, icc->size, NULL);
    display->fresh = display->fresh || other;
    display->known = known || other;
    pthread_mutex_unlock(&display->telling);
    return known && other;
}

bool display_colors_use(DisplayColors *display, const Block *icc)
{
    return !display->given && tell(display, icc, false);
}

/* The display's profile as it was told last; where nobody has, it is asked. With the
 * lock held. */
static void prepare(DisplayColors *display)
{
    Err why;
    Block icc = {0};
    if (display->given)
        return;
    if (!is_known(display)) {
        Block asked = x11_profile();
        tell(display, &asked, true);
        meta_drop(&asked);
    }
    if (!is_told(display, &icc))
        return;
    color_target_free(display->own);
    display->own = icc.data ? color_target_of(&icc, &why) : NULL;
    display->err = (Err){0};
    if (icc.data && !display->own)
        err_set(&display->err, why.kind, "The display's profile is not used: %s",
                why.text);
    display->info = (ImageInfo){0}; /* the last picture is not known again */
    meta_drop(&icc);
}

/* NULL: pictures without a profile need none, or *err is set. */
static const ColorTarget *target_for(DisplayColors *display, bool tagged, Err *err)
{
    if (display->given)
        return display->given;
    if (display->own || !tagged)
        return display->own;
    if (!display->srgb)
        display->srgb = color_target_open("srgb", NULL, err);
    return display->srgb;
}

static void name_profile(const Meta *meta, PictureColors *colors)
{
    Err why;
    Profile *profile = profile_of_picture(meta, &why);
    snprintf(colors->profile, sizeof colors->profile, "%s",
             profile ? profile_name(profile) : "damaged profile");
    profile_unref(&profile);
}

/* A failure leaves the picture without a conversion. */
static void convert(const ColorTarget *target, const Image *image, uint64_t number,
                    PictureColors *colors)
{
    ImageInfo info = image->info;
    ColorConversion **made = &colors->conversion;
    if (!color_target_conversion(target, image->meta, info.channels, made,
                                 &colors->err) ||
        !*made)
        return;
    (*made)->number = number;
    colors->plan = plan_new((*made)->stages, (*made)->count, info.depth, &colors->err);
    if (!colors->plan)
        color_conversion_unref(made);
}

static bool is_last(const DisplayColors *display, const Block *icc,
                    const DeclaredSpace *space, ImageInfo info)
{
    const Block *last = &display->icc;
    return memcmp(space, &display->space, sizeof *space) == 0 &&
           info.channels == display->info.channels &&
           info.depth == display->info.depth && is_same(icc, last);
}

static PictureColors make(DisplayColors *display, const Image *image, bool tagged,
                          uint64_t number)
{
    PictureColors colors = {0};
    const ColorTarget *target = target_for(display, tagged, &colors.err);
    if (tagged)
        name_profile(image->meta, &colors);
    if (target)
        convert(target, image, number, &colors);
    if (colors.err.kind) {
        Err why = colors.err;
        err_set(&colors.err, why.kind, "The picture's profile is not used: %s",
                why.text);
    }
    return colors;
}

void display_colors_prepare(DisplayColors *display)
{
    pthread_mutex_lock(&display->lock);
    prepare(display);
    pthread_mutex_unlock(&display->lock);
}

PictureColors display_colors_for(DisplayColors *display, const Image *image,
                                 uint64_t number)
{
    Block icc = image->meta ? image->meta->icc : (Block){0};
    DeclaredSpace space = declared_space(image->meta);
    pthread_mutex_lock(&display->lock);
    prepare(display);
    if (!is_last(display, &icc, &space, image->info)) {
        picture_colors_clear(&display->last);
        display->last = make(display, image, icc.data || space.by, number);
        display->space = space;
        display->info = image->info;
        if (!meta_set(&display->icc, icc.data, icc.size, NULL))
            display->info = (ImageInfo){0}; /* it is not known again */
    }
    PictureColors colors = copy(&display->last);
    if (display->err.kind && !colors.err.kind) {
        colors.err = display->err;
        colors.of_display = true;
    }
    display->err = (Err){0};
    display->last.err = (Err){0}; /* the next picture with it says nothing */
    pthread_mutex_unlock(&display->lock);
    return colors;
}
