/* profile_shaper — a profile's three tone curves and its matrix, in double precision.
 *
 * Samples (0 to 1) through the curves are light; the matrix makes XYZ of that, for the
 * white of D50.
 * Threads: values; immutable once read.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PROFILE_PROFILE_SHAPER_H
#define LUTIST_IMAGE_PROFILE_PROFILE_SHAPER_H

#include <stdbool.h>
#include <stddef.h>

/* With a table: linear between `size` >= 2 values, evenly spread over 0 to 1. Else
 * (a x + b)**g + e from d on, c x + f below: all of ICC's formulas. */
typedef struct ProfileCurve {
    double *table; /* owned; NULL: the formula */
    size_t size;
    double g, a, b, c, d, e, f;
} ProfileCurve;

typedef struct ProfileShaper {
    ProfileCurve curve[3];
    double matrix[3][3]; /* rows: X, Y, Z; columns: red, green, blue */
    double white[3];     /* XYZ of the medium's white before it became D50; D50 where
                            the profile does not tell; above 0 */
} ProfileShaper;

void profile_shaper_term(ProfileShaper *shaper);
bool profile_curve_equal(const ProfileCurve *a, const ProfileCurve *b);
/* False: it has no inverse. */
bool profile_matrix_invert(const double matrix[3][3], double inverse[3][3]);

#endif
