#include "image/profile/ink_rows.h"

/* Pixels at a time. */
enum { CHUNK = 256, INKS = 4 };
/* Little CMS samples the conversion at 23 values of each ink. */
static const uint64_t TABLE_BYTES = 4 << 20;

static void note_unused(Notes *notes, const Err *why)
{
    notes_add(notes, "its CMYK profile is not used (%s)", why->text);
}

/* The file's profile and that of the result. False: *why, and what is open stays. */
static bool open_both(InkRows *inks, const Block *icc, Err *why)
{
    inks->profile = profile_open(icc, why);
    inks->srgb = inks->profile ? profile_srgb(why) : NULL;
    return inks->srgb;
}

bool ink_rows_begin(InkRows *inks, Meta *meta, Notes *notes, Err *err)
{
    Err why = {0};
    if (!profile_claims(&meta->icc, PROFILE_CMYK)) {
        if (meta->icc.data)
            notes_add(notes, "its profile is left out: it is not one of CMYK");
        meta_drop(&meta->icc);
        return true;
    }
    if (open_both(inks, &meta->icc, &why)) {
        const Block *icc = profile_icc(inks->srgb);
        return meta_set(&meta->icc, icc->data, icc->size, err);
    }
    ink_rows_term(inks);
    meta_drop(&meta->icc);
    if (why.kind == ERR_MEMORY)
        return err_set(err, why.kind, "%s", why.text);
    note_unused(notes, &why);
    return true;
}

uint64_t ink_rows_held(const InkRows *inks)
{
    return inks->profile ? TABLE_BYTES + 3 * profile_icc(inks->profile)->size : 0;
}

bool ink_rows_transform(InkRows *inks, Notes *notes, const ProfileTransform **transform,
                        Err *err)
{
    Err why = {0};
    if (inks->profile && !inks->transform)
        inks->transform =
            profile_transform_new(inks->profile, inks->srgb, RENDER_PERCEPTUAL, &why);
    if (why.kind == ERR_MEMORY)
        return err_set(err, why.kind, "%s", why.text);
    if (inks->profile && !inks->transform) {
        note_unused(notes, &why);
        profile_unref(&inks->profile);
    }
    *transform = inks->transform;
    return true;
}

void ink_rows_term(InkRows *inks)
{
    profile_transform_free(inks->transform);
    profile_unref(&inks->srgb);
    profile_unref(&inks->profile);
    inks->transform = NULL;
}

static uint8_t to_byte(uint16_t sample)
{
    return (uint8_t)((sample * 255u + 32767u) / 65535u);
}

void ink_rows_bytes(const ProfileTransform *transform, const uint8_t *stored,
                    uint8_t flip, uint8_t *rgb, size_t count)
{
    uint16_t inks[CHUNK * INKS], colors[CHUNK * 3];
    for (size_t done = 0, some; done < count; done += some) {
        some = count - done < CHUNK ? count - done : CHUNK;
        for (size_t i = 0; i < some * INKS; i++)
            inks[i] = (uint16_t)((255 - (stored[done * INKS + i] ^ flip)) * 257);
        profile_transform_inks(transform, inks, colors, some);
        for (size_t i = 0; i < some * 3; i++)
            rgb[done * 3 + i] = to_byte(colors[i]);
    }
}
