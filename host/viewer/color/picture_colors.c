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
}

void display_colors_term(DisplayColors *display)
{
    picture_colors_clear(&display->last);
    color_target_free(display->own);
    color_target_free(display->srgb);
    meta_drop(&display->icc);
    meta_drop(&display->profile);
    pthread_mutex_destroy(&display->lock);
}

/* Another profile of the display; takes its bytes. With the lock held. */
static void take(DisplayColors *display, Block icc)
{
    Err why;
    color_target_free(display->own);
    display->own = icc.data ? color_target_of(&icc, &why) : NULL;
    display->err = (Err){0};
    if (icc.data && !display->own)
        err_set(&display->err, why.kind, "The display's profile is not used: %s",
                why.text);
    meta_drop(&display->profile);
    display->profile = icc;
    display->opened = true;
    display->info = (ImageInfo){0}; /* the last picture is not known again */
}

/* With the lock held. */
static void prepare(DisplayColors *display)
{
    if (!display->given && !display->opened)
        take(display, x11_profile());
}

static bool is_same(const Block *a, const Block *b)
{
    return a->size == b->size && (!a->size || memcmp(a->data, b->data, a->size) == 0);
}

bool display_colors_use(DisplayColors *display, const Block *icc)
{
    Block copied = {0};
    if (display->given || !meta_set(&copied, icc->data, icc->size, NULL))
        return false;
    pthread_mutex_lock(&display->lock);
    bool asked = display->opened, other = !is_same(&display->profile, icc);
    if (other || !asked)
        take(display, copied);
    else
        meta_drop(&copied);
    pthread_mutex_unlock(&display->lock);
    return asked && other;
}

/* NULL: pictures without a profile need none, or *err is set. */
static const ColorTarget *target_for(DisplayColors *display, bool tagged, Err *err)
{
    if (display->given)
        return display->given;
    prepare(display);
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
