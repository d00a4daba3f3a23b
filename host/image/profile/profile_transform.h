/* profile_transform — colours from one profile's space into another's, by Little CMS.
 *
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PROFILE_PROFILE_TRANSFORM_H
#define LUTIST_IMAGE_PROFILE_PROFILE_TRANSFORM_H

#include <stddef.h>
#include <stdint.h>

#include "image/profile/profile.h"

typedef struct ProfileTransform ProfileTransform;

/* `to` is gray or RGB. Fails: ERR_FILE (a table is damaged), without a path. */
ProfileTransform *profile_transform_new(const Profile *from, const Profile *to,
                                        RenderingIntent intent, Err *err);
void profile_transform_free(ProfileTransform *transform); /* NULL is fine */

/* From gray or RGB, in double precision: `count` triples, 0 to 1. The results are
 * finite; colours outside of the target's range are outside of 0 to 1, where it has no
 * tables. */
void profile_transform_colors(const ProfileTransform *transform, const double *from,
                              double *to, size_t count);
/* From CMYK: `count` times four inks, 0 none to 65535 all, into RGB of 16 bits. */
void profile_transform_inks(const ProfileTransform *transform, const uint16_t *inks,
                            uint16_t *rgb, size_t count);

#endif
