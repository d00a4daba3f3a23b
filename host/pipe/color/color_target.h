/* color_target — the space that pictures are converted to: sRGB, or a profile's.
 *
 * Gray pictures have a gray profile with the tone curve of the target. A picture
 * without a profile has the space that it declares (image/meta/declared.h), or sRGB.
 * Threads: immutable after open; share freely.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_COLOR_COLOR_TARGET_H
#define LUTIST_PIPE_COLOR_COLOR_TARGET_H

#include "image/meta/meta.h"
#include "pipe/color/color_conversion.h"

typedef struct ColorTarget ColorTarget;

/* `what`: "srgb" or the path of a profile; `intent`: as profile_intent. Fails:
 * ERR_USAGE (no such intent; the profile is no target for gray or RGB pictures),
 * ERR_FILE; the text names the file. */
ColorTarget *color_target_open(const char *what, const char *intent, Err *err);
/* The same for the bytes of an RGB profile. */
ColorTarget *color_target_of(const Block *icc, Err *err);
void color_target_free(ColorTarget *target); /* NULL is fine */
bool color_target_is_srgb(const ColorTarget *target);
/* The profile's description; borrowed. */
const char *color_target_name(const ColorTarget *target);

/* The conversion of pictures with this ICC profile (NULL or empty: none) and so many
 * channels; *made as color_conversion_new gives it. Fails: ERR_FILE (the profile is
 * damaged, or of another kind than the picture), ERR_MEMORY. */
bool color_target_conversion(const ColorTarget *target, const Meta *meta, int channels,
                             ColorConversion **made, Err *err);
/* The profile of converted pictures of so many channels; borrowed. Fails: ERR_FILE (the
 * target is gray, and they have colours). */
const Block *color_target_icc(const ColorTarget *target, int channels, Err *err);

#endif
