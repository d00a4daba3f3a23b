#include "pipe/program_floats/line_fit.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* Bits of a fraction that choose a piece: a table has 1 KB an octave and more. */
enum { FEWEST_BITS = 7, MOST_BITS = 10, FRACTION_BITS = 23 };
/* With FEWEST_BITS the high half of a number's bits chooses. */
enum { HALF_SHIFT = 16, HALVES = 65536 };
/* The first piece ends here or above, in the kernel's numbers. */
static const double LEAST_EXPONENT = -20;
/* The most that may be marked, of the input range: with fewer bits than possible, and
 * with most bits. With more marks the planes are faster. */
static const double FEW = 1.0 / 1024, MOST_MARKED = 1.0 / 32;
/* A curve of very many arcs is left to the planes: measuring these takes some
 * tenths of a second at most, and the curves of usual looks have some thousands.
 */
enum { MOST_ARCS = 1 << 21 };
/* Of an input, a product and a sum, relative to them. */
static const double ROUNDING = 0x1p-24;

/* A parabola of the curve: a + f * (b + f * c) with f = (x - lo) * scale. */
typedef struct Arc {
    double lo, hi, scale;
    CurvePiece piece;
} Arc;

typedef struct Line {
    double a, b; /* a + b * x */
} Line;

/* How far the curve lies above a line: where it is visible, and otherwise by how much
 * the line is visible. */
typedef struct Distance {
    double least, most, invisible;
    bool doubtful; /* a part of the curve is NaN */
} Distance;

typedef struct Fitting {
    const CurveFit *curve;
    LineNeed need;
    LineFit *fit;
    int *arcs; /* that may still be measured */
} Fitting;

static double arc_at(const Arc *arc, double x)
{
    double f = (x - arc->lo) * arc->scale;
    return arc->piece.a + f * (arc->piece.b + f * arc->piece.c);
}

/* The arc at x, which lies in the table. Its ends are exact (see curve_fit.c). */
static Arc arc_inside(const CurveTable *table, double x)
{
    double width = 1 / table->scale, lo = table->lo;
    int64_t first = 0, count = table->pieces;
    for (;;) {
        double whole = fmin(floor((x - lo) / width), (double)count - 1);
        const CurvePiece *piece = &table->piece[first + (int64_t)whole];
        lo += whole * width;
        if (!piece->deeper)
            return (Arc){lo, lo + width, 1 / width, *piece};
        first = piece->deeper;
        count = CURVE_DEEPER;
        width /= CURVE_DEEPER;
    }
}

/* The arc from x on: beyond the ends of the table a constant. */
static Arc arc_from(const CurveTable *table, double x)
{
    double end = table->lo + table->pieces / table->scale;
    if (x >= table->lo && x < end)
        return arc_inside(table, x);
    Arc arc = arc_inside(table, x < end ? table->lo : end);
    double value = arc_at(&arc, x < end ? table->lo : end);
    return x < end ? (Arc){.lo = x, .hi = table->lo, .piece = {.a = value}}
                   : (Arc){.lo = x, .hi = INFINITY, .piece = {.a = value}};
}

static double curve_at(const CurveFit *curve, double x)
{
    Arc arc = arc_from(&curve->table, x);
    return arc_at(&arc, x);
}

static double line_at(Line line, double x)
{
    return line.a + line.b * x;
}

/* Where arc - slope * x has its extreme, or `otherwise` if not within [lo, hi]. */
static double extreme(const Arc *arc, double slope, double lo, double hi,
                      double otherwise)
{
    double bend = 2 * arc->piece.c * arc->scale * arc->scale;
    double x = arc->lo + (slope - arc->piece.b * arc->scale) / bend;
    return x > lo && x < hi ? x : otherwise;
}

/* Is a whole arc black, or white? */
static bool is_beyond(const Arc *arc, double lo, double hi, bool white)
{
    double a = arc_at(arc, lo), b = arc_at(arc, hi);
    double c = arc_at(arc, extreme(arc, 0, lo, hi, lo));
    return white ? fmin(a, fmin(b, c)) >= 1 : fmax(a, fmax(b, c)) <= 0;
}

static void measure_arc(Distance *distance, const Arc *arc, Line line, double lo,
                        double hi, bool last)
{
    double begin = line_at(line, lo), end = line_at(line, hi);
    distance->doubtful = distance->doubtful || isnan(arc->piece.a);
    if (last && is_beyond(arc, lo, hi, false)) {
        distance->invisible = fmax(distance->invisible, fmax(begin, end));
        return;
    }
    if (last && is_beyond(arc, lo, hi, true)) {
        distance->invisible = fmax(distance->invisible, 1 - fmin(begin, end));
        return;
    }
    const double at[] = {lo, extreme(arc, line.b, lo, hi, lo), hi};
    for (int i = 0; i < 3; i++) {
        double above = arc_at(arc, at[i]) - line_at(line, at[i]);
        distance->least = fmin(distance->least, above);
        distance->most = fmax(distance->most, above);
    }
}

static Distance measure(const Fitting *f, Line line, Range range)
{
    Distance distance = {INFINITY, -INFINITY, 0, false};
    for (double x = range.lo, end; x < range.hi && !distance.doubtful; x = end) {
        if (--*f->arcs < 0)
            return (Distance){.doubtful = true};
        Arc arc = arc_from(&f->curve->table, x);
        end = fmin(arc.hi, range.hi);
        measure_arc(&distance, &arc, line, x, end, f->need.last);
    }
    return distance;
}

static double worst_of(Distance distance)
{
    if (distance.doubtful)
        return INFINITY;
    return fmax(distance.invisible, fmax(-distance.least, distance.most));
}

static LinePiece piece_of(Line line, LineNeed need)
{
    return (LinePiece){(float)(line.a * need.scale),
                       (float)(line.b * need.scale / need.unit)};
}

/* Move the line to the middle of the distances; returns how far a result may then be
 * off, with the roundings of single precision and the input's error. */
static double settle(const Fitting *f, Line line, Range in, LinePiece *piece)
{
    const LineNeed *need = &f->need;
    double x = fmax(fabs(in.lo), fabs(in.hi)), off = need->input + ROUNDING * x;
    Range around = {in.lo - off, in.hi + off};
    Distance distance = measure(f, line, around);
    if (distance.least <= distance.most)
        line.a += (distance.least + distance.most) / 2;
    *piece = piece_of(line, *need);
    line = (Line){piece->a / need->scale, piece->b / need->scale * need->unit};
    double rounding = ROUNDING * (2 * fabs(line.b) * x + fabs(line.a));
    return worst_of(measure(f, line, around)) + fabs(line.b) * off + rounding;
}

static double clamp(double value)
{
    return fmin(fmax(value, 0), 1);
}

static Line through(Range in, double y0, double y1)
{
    double b = (y1 - y0) / (in.hi - in.lo);
    return (Line){y0 - b * in.lo, b};
}

/* The best of some lines: through the curve at both ends, through what is visible of it
 * there, and flat. */
static double fit_piece(const Fitting *f, Range in, LinePiece *piece)
{
    double y0 = curve_at(f->curve, in.lo), y1 = curve_at(f->curve, in.hi);
    bool last = f->need.last;
    const Line lines[] = {through(in, y0, y1),
                          through(in, clamp(y0), clamp(y1)),
                          {last ? clamp(y0) : y0, 0}};
    double best = INFINITY;
    for (int i = 0; i < 3 && best > f->need.tolerance; i++) {
        LinePiece tried;
        double error = i == 1 && !last ? INFINITY : settle(f, lines[i], in, &tried);
        if (error < best)
            *piece = tried;
        best = fmin(best, error);
    }
    return best;
}

static double overlap(Range a, Range b)
{
    return fmax(fmin(a.hi, b.hi) - fmax(a.lo, b.lo), 0);
}

/* Make the piece for the inputs `in`, or mark it. */
static void add_piece(const Fitting *f, int index, Range in)
{
    LineFit *fit = f->fit;
    LinePiece *piece = &fit->pieces[index];
    double error = fit_piece(f, in, piece);
    if (error <= f->need.tolerance) {
        fit->error = fmax(fit->error, error);
        return;
    }
    *piece = (LinePiece){NAN, 0};
    fit->marked += overlap(in, f->curve->in);
}

static int32_t bits_of(float x)
{
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static float float_of(int32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The magnitudes of piece `index` on its side of zero. */
static Range magnitudes(const Fitting *f, const LineCurve *curve, int index)
{
    int at = curve->least + index;
    return (Range){index ? float_of(at << curve->shift) / f->need.unit : 0,
                   float_of((at + 1) << curve->shift) / f->need.unit};
}

static bool fits(const Fitting *f, double lo, double hi)
{
    LinePiece piece;
    return fit_piece(f, (Range){lo, hi}, &piece) <= f->need.tolerance;
}

/* The first piece ends at a power of two of the kernel's numbers: at the highest
 * exponent for which it fits, or `least`. With `all_below` it has all lower inputs,
 * otherwise there is another one on the other side of zero. */
static int first_exponent(const Fitting *f, bool all_below, int least)
{
    Range in = f->curve->in;
    int most = 1 + (int)ceil(log2(fmax(fabs(in.lo), fabs(in.hi)) * f->need.unit));
    double lo = fmin(in.lo, 0);
    while (most > least) {
        int middle = least + (most - least + 1) / 2;
        double end = ldexp(1 / f->need.unit, middle);
        if (all_below ? fits(f, lo, end) : fits(f, 0, end) && fits(f, -end, 0))
            least = middle;
        else
            most = middle - 1;
    }
    return least;
}

/* Where the pieces begin and end; false: negative inputs have pieces of their own. */
static bool outline(const Fitting *f, int bits, LineCurve *curve)
{
    Range in = f->curve->in;
    double off = f->need.input, unit = f->need.unit;
    int least = (int)fmax(LEAST_EXPONENT, floor(log2(off * unit)));
    bool below = fits(f, fmin(in.lo, 0), ldexp(1 / unit, least));
    int exponent = first_exponent(f, below, least);
    float end = (float)((fmax(fabs(in.lo), fabs(in.hi)) + 2 * off) * unit);
    *curve = (LineCurve){.shift = FRACTION_BITS - bits};
    curve->least = (bits_of(ldexpf(1, exponent)) >> curve->shift) - 1;
    curve->most = bits_of(end) >> curve->shift;
    curve->most = curve->most > curve->least ? curve->most : curve->least;
    return below;
}

static bool fill(const Fitting *f, int bits, Err *err)
{
    LineFit *fit = f->fit;
    LineCurve *curve = &fit->curve;
    *fit = (LineFit){0};
    bool below = outline(f, bits, curve);
    int count = curve->most - curve->least + 1;
    curve->negative = below ? 0 : count;
    fit->n_pieces = count + curve->negative;
    fit->pieces = mem_alloc((size_t)fit->n_pieces * sizeof *fit->pieces, err);
    if (!fit->pieces)
        return false;
    for (int i = 0; i < fit->n_pieces; i++) {
        Range in = magnitudes(f, curve, i % count);
        if (i >= count)
            in = (Range){-in.hi, -in.lo};
        if (i == 0 && below)
            in.lo = fmin(f->curve->in.lo, 0);
        add_piece(f, i, in);
    }
    curve->piece = fit->pieces;
    fit->marked /= f->curve->in.hi - f->curve->in.lo;
    return true;
}

bool line_fit_new(LineFit *fit, const CurveFit *curve, LineNeed need, bool *good,
                  Err *err)
{
    int arcs = MOST_ARCS;
    const Fitting f = {curve, need, fit, &arcs};
    for (int bits = FEWEST_BITS; bits <= MOST_BITS; bits++) {
        if (!fill(&f, bits, err))
            return false;
        *good = fit->marked <= (bits < MOST_BITS ? FEW : MOST_MARKED);
        if (*good && line_fit_by_half(fit, HALVES, err))
            return true;
        line_fit_clear(fit);
        if (*good)
            return false;
    }
    return true;
}

void line_fit_clear(LineFit *fit)
{
    mem_free(fit->pieces);
    mem_free(fit->by_half);
    *fit = (LineFit){0};
}

bool line_fit_by_half(LineFit *fit, int count, Err *err)
{
    if (fit->curve.shift != HALF_SHIFT)
        return true;
    fit->by_half = mem_alloc((size_t)count * sizeof *fit->by_half, err);
    if (!fit->by_half)
        return false;
    for (int half = 0; half < count; half++) {
        float x = float_of((int32_t)((uint32_t)half << HALF_SHIFT));
        fit->by_half[half] = fit->pieces[line_curve_piece(&fit->curve, x)];
    }
    fit->n_by_half = count;
    fit->curve.by_half = fit->by_half;
    return true;
}

size_t line_fit_bytes(const LineFit *fit)
{
    return (size_t)(fit->n_pieces + fit->n_by_half) * sizeof *fit->pieces;
}
