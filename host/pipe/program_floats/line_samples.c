#include "pipe/program_floats/line_samples.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* By the high half of a number's bits: sample 0, then those of 1 to 65,535. */
enum { SHIFT = 16, FIRST = 0x3F80, LAST = 0x477F, PIECES = LAST - FIRST + 2 };

/* Single precision is far too coarse for larger ones. */
static const double MOST_VALUE = 0x1p40;

/* The first sample whose high half is not below `half`. */
static int sample_from(int half)
{
    uint32_t bits = (uint32_t)half << SHIFT;
    float x;
    memcpy(&x, &bits, sizeof x);
    return (int)ceilf(x);
}

/* The line with the slope of the piece's ends, in the middle of its values. */
static LinePiece line_of(const double *values, int first, int last)
{
    double slope = 0, least = 0, most = 0;
    if (last > first)
        slope = (values[last] - values[first]) / (last - first);
    for (int s = first; s <= last; s++) {
        double above = values[s] - values[first] - slope * (s - first);
        least = fmin(least, above);
        most = fmax(most, above);
    }
    double a = values[first] - slope * first + (least + most) / 2;
    return (LinePiece){(float)a, (float)slope};
}

/* The most that a sample of the piece is off. */
static double error_of(const double *values, int first, int last, LinePiece piece)
{
    double error = 0;
    for (int s = first; s <= last; s++) {
        double off = fabs(piece.a + piece.b * (float)s - values[s]);
        error = fmax(error, off);
    }
    return error;
}

static double largest(const double *values)
{
    double most = 0;
    for (int s = 0; s < LINE_SAMPLES; s++)
        most = fmax(most, fabs(values[s]));
    return most;
}

static bool fill(LineFit *fit, const double *values, double tolerance)
{
    if (!(largest(values) <= MOST_VALUE))
        return false;
    fit->pieces[0] = (LinePiece){(float)values[0], 0};
    fit->error = error_of(values, 0, 0, fit->pieces[0]);
    for (int i = 1; i < PIECES && fit->error <= tolerance; i++) {
        int half = FIRST + i - 1;
        int first = sample_from(half), last = sample_from(half + 1) - 1;
        if (first > last)
            continue; /* no sample has it */
        fit->pieces[i] = line_of(values, first, last);
        fit->error = fmax(fit->error, error_of(values, first, last, fit->pieces[i]));
    }
    return fit->error <= tolerance;
}

bool line_samples_new(LineFit *fit, const double values[LINE_SAMPLES], double tolerance,
                      bool *good, Err *err)
{
    *fit = (LineFit){.n_pieces = PIECES};
    fit->pieces = mem_alloc(PIECES * sizeof *fit->pieces, err);
    if (!fit->pieces)
        return false;
    memset(fit->pieces, 0, PIECES * sizeof *fit->pieces);
    fit->curve = (LineCurve){fit->pieces, SHIFT, FIRST - 1, LAST, 0, NULL};
    *good = fill(fit, values, tolerance);
    if (*good && line_fit_by_half(fit, LAST + 1, err))
        return true;
    line_fit_clear(fit);
    return !*good;
}
