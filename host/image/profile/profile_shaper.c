#include "image/profile/profile_shaper.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

void profile_shaper_term(ProfileShaper *shaper)
{
    for (int c = 0; c < 3; c++) {
        mem_free(shaper->curve[c].table);
        shaper->curve[c].table = NULL;
    }
}

bool profile_curve_equal(const ProfileCurve *a, const ProfileCurve *b)
{
    if (!a->table || !b->table)
        return a->table == b->table && a->g == b->g && a->a == b->a && a->b == b->b &&
               a->c == b->c && a->d == b->d && a->e == b->e && a->f == b->f;
    return a->size == b->size &&
           memcmp(a->table, b->table, a->size * sizeof *a->table) == 0;
}

/* The cofactor of row r and column c, with its sign. */
static double cofactor(const double m[3][3], int r, int c)
{
    int r1 = (r + 1) % 3, r2 = (r + 2) % 3, c1 = (c + 1) % 3, c2 = (c + 2) % 3;
    return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
}

bool profile_matrix_invert(const double matrix[3][3], double inverse[3][3])
{
    double determinant = 0;
    for (int c = 0; c < 3; c++)
        determinant += matrix[0][c] * cofactor(matrix, 0, c);
    if (!(fabs(determinant) > 1e-6))
        return false;
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            inverse[r][c] = cofactor(matrix, c, r) / determinant;
    return true;
}
