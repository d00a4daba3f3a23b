#include "matrix/matrix_u8_weights.h"

#include <math.h>

static bool is_within_words(double value)
{
    return fabs(value) <= INT16_MAX;
}

/* One row; false: it has no room. Sums end within the words of a vector, with a few to
 * spare for the rounding of their parts. */
static bool fill_row(const double row[4], int bits, int16_t weight[3], int16_t *bias)
{
    enum { SPARE = 4 };
    double sum = row[3] * 255 * ldexp(1, bits - 7), least = sum - SPARE;
    double most = sum + SPARE;
    for (int k = 0; k < 3; k++) {
        double scaled = floor(row[k] * ldexp(1, bits) + 0.5);
        if (!is_within_words(scaled))
            return false;
        weight[k] = (int16_t)scaled;
        sum += row[k] * ldexp(1, bits);
        (row[k] > 0 ? &most : &least)[0] += row[k] * 255 * ldexp(1, bits - 7);
    }
    if (!is_within_words(least) || !is_within_words(most))
        return false;
    *bias = (int16_t)floor(sum + 0.5);
    return true;
}

bool matrix_u8_weights(const double rows[3][4], MatrixU8 *matrix)
{
    for (int bits = MATRIX_U8_MOST_BITS; bits >= MATRIX_U8_FEWEST_BITS; bits--) {
        bool fits = true;
        for (int c = 0; c < 3; c++)
            fits = fits && fill_row(rows[c], bits, matrix->weight[c], &matrix->bias[c]);
        matrix->bits = bits;
        if (fits)
            return true;
    }
    return false;
}
