/* ink_rows — the inks of a CMYK file as RGB, by the file's profile.
 *
 * The result is sRGB, by the perceptual intent. Without a profile, or with one that
 * cannot be used, the decoder has a formula of its own.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PROFILE_INK_ROWS_H
#define LUTIST_IMAGE_PROFILE_INK_ROWS_H

#include "image/codec/notes.h"
#include "image/meta/meta.h"
#include "image/profile/profile_transform.h"

/* Starts zeroed. */
typedef struct InkRows {
    Profile *profile;            /* owned; NULL: the formula */
    Profile *srgb;               /* owned */
    ProfileTransform *transform; /* owned; NULL until the first row */
} InkRows;

/* With the header of a CMYK file read: take its profile out of `meta`, which gets that
 * of sRGB instead. A profile that is broken, or not one of CMYK, is noted and dropped.
 * Fails: ERR_MEMORY. */
bool ink_rows_begin(InkRows *inks, Meta *meta, Notes *notes, Err *err);
/* Bytes that reading will take for the conversion. */
uint64_t ink_rows_held(const InkRows *inks);
/* Before the first row; *transform is NULL for the formula. Fails: ERR_MEMORY. */
bool ink_rows_transform(InkRows *inks, Notes *notes, const ProfileTransform **transform,
                        Err *err);
void ink_rows_term(InkRows *inks);

/* `count` pixels of four bytes, each xor `flip` (0 or 255) the light that an ink
 * leaves, into RGB. */
void ink_rows_bytes(const ProfileTransform *transform, const uint8_t *stored,
                    uint8_t flip, uint8_t *rgb, size_t count);

#endif
