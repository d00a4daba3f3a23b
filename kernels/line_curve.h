/* line_curve — a curve of straight pieces in single precision.
 *
 * The exponent and the highest bits of a value's fraction choose the piece, so pieces
 * become narrower towards zero, where tones are steep. The multiplication and the
 * addition are not fused, so that every level gives the same bits.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_LINE_CURVE_H
#define LUTIST_KERNELS_LINE_CURVE_H

#include <stdint.h>
#include <string.h>

typedef struct LinePiece {
    float a, b; /* a + b * x; NaN marks pixels for the caller */
} LinePiece;

/* With the bits of |x| shifted right by `shift` and clamped to `least` and `most`, the
 * piece of x has this number less `least`; that of a negative x lies `negative` pieces
 * behind it. */
typedef struct LineCurve {
    const LinePiece *piece; /* NULL: the identity; then nothing else is read */
    int shift;              /* 1 to 23 */
    int least, most;
    int negative; /* 0: all negative values have the first piece */
    /* NULL, or the same pieces by the high half of x's bits, for the kernels that are
     * faster with it: one for each half that an x may have. Only where shift is 16. */
    const LinePiece *by_half;
} LineCurve;

/* The number of x's piece: the definition of their order. */
static inline int line_curve_piece(const LineCurve *curve, float x)
{
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    if (bits < 0 && !curve->negative)
        return 0;
    int at = (bits & INT32_MAX) >> curve->shift;
    at = at > curve->least ? at : curve->least;
    at = at < curve->most ? at : curve->most;
    return at - curve->least + (bits < 0 ? curve->negative : 0);
}

static inline float line_curve_at(const LineCurve *curve, float x)
{
    const LinePiece *piece = &curve->piece[line_curve_piece(curve, x)];
    return piece->a + piece->b * x;
}

#endif
