/* profile — an ICC profile: what the numbers of gray, RGB or CMYK samples look like.
 *
 * The room host/image/profile: a profile (here), its curves and matrix
 * (profile_shaper), colours through two profiles by Little CMS (profile_transform), and
 * the inks of a CMYK file (ink_rows). The library is opened with the first profile.
 * Threads: immutable after open, the counter is atomic; share freely.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PROFILE_PROFILE_H
#define LUTIST_IMAGE_PROFILE_PROFILE_H

#include "base/err.h"
#include "image/meta/declared.h"
#include "image/profile/profile_shaper.h"

typedef enum ProfileSpace { PROFILE_GRAY, PROFILE_RGB, PROFILE_CMYK } ProfileSpace;

/* The numbers are ICC's. */
typedef enum RenderingIntent {
    RENDER_NONE = -1, /* not a name of one */
    RENDER_PERCEPTUAL,
    RENDER_RELATIVE,
    RENDER_SATURATION,
    RENDER_ABSOLUTE,
} RenderingIntent;

typedef struct Profile Profile;

/* From the bytes of a profile, which are copied. Fails: ERR_FILE with the reason alone
 * (no profile; a device link; a space that is not one of three; damage; Little CMS is
 * missing), ERR_MEMORY. */
Profile *profile_open(const Block *icc, Err *err);
/* From a file. Fails: the same as "PATH: reason". */
Profile *profile_load(const char *path, Err *err);
/* sRGB, IEC 61966-2-1. The bytes are the same each time. */
Profile *profile_srgb(Err *err);
/* A space that a picture declares, named as declared_name has it; the bytes are the
 * same each time. */
Profile *profile_declared(const DeclaredSpace *space, Err *err);
/* The picture's own: its ICC profile, or one of the space that it declares. NULL: *err,
 * or, with err->kind ERR_NONE, it is taken as sRGB. */
Profile *profile_of_picture(const Meta *meta, Err *err);
/* The gray profile with the tone curve of `profile`, which has `has_shaper` and one
 * curve for all channels. */
Profile *profile_gray(const Profile *profile, Err *err);
/* `profile`, which has a shaper, with light for samples: without its curves. Only for
 * profile_transform_new. */
Profile *profile_linear(const Profile *profile, Err *err);
Profile *profile_ref(const Profile *profile); /* NULL gives NULL */
void profile_unref(Profile **profile);        /* nulls; NULL is fine */

ProfileSpace profile_space(const Profile *profile);
/* Its description in printable ASCII: "Adobe RGB (1998)"; never "". Borrowed. */
const char *profile_name(const Profile *profile);
/* Borrowed. */
const Block *profile_icc(const Profile *profile);
/* Little CMS's handle; that of a gray profile is for three equal samples. Borrowed. */
void *profile_handle(const Profile *profile);
/* Its curves and matrix, where the profile has nothing finer in that direction: from
 * its samples to light, or back. NULL: it has tables. A gray profile has three equal
 * curves and the matrix of sRGB. */
const ProfileShaper *profile_to_light(const Profile *profile);
const ProfileShaper *profile_from_light(const Profile *profile);
/* Can samples be converted to it? Not to a scanner's. */
bool profile_is_target(const Profile *profile);

/* Does a block claim, in its header, to be a profile of that space? */
bool profile_claims(const Block *icc, ProfileSpace space);

/* By name: "perceptual", "relative", "saturation", "absolute"; NULL: perceptual.
 * RENDER_NONE: no such name. */
RenderingIntent profile_intent(const char *name);

#endif
