#include "pipe/tone/curve_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* At most FIRST pieces, each divided at most LAST_ROUND times into CURVE_DEEPER.
 * MOST_PIECES take 8 MB; a function with more corners is followed as far as they go.
 * Where inputs are exact, all but jumps are divided until the rounding of an input
 * stops it: a root at black is steep however narrow its piece is. */
enum { FIRST = 256, LAST_ROUND = 6, MOST_PIECES = 1 << 18 };
/* Of a first piece: the inverse of what it is divided into is finite. */
static const double LEAST_WIDTH = 0x1p-960;
/* How much a function may change beside a jump, as a part of it. */
static const double BESIDE_JUMP = 1e-6;
/* A piece is judged by its values at its ends, its quarters and its middle. Steps of a
 * function's own may lie like these, so where its jumps are known from samples alone
 * there are a few odd places, too. */
enum { QUARTERS = 4, ODDS = 3 };
static const double ODD[ODDS] = {0.0901699437, 0.4142135624, 0.6931471806};
/* The rounding error of an input and of its position in the pieces, relative to the
 * range. */
static const double ROUNDING = 0x1p-50;

/* Neighbouring pieces of equal width. */
typedef struct PieceRow {
    double lo, width; /* of one piece */
    int first, count; /* in Growth.pieces */
} PieceRow;

typedef struct Growth {
    const ToneSequence *tones;
    Fineness fineness;
    CurveFit *curve;
    PieceRow *rows; /* of this round; those of the next round follow them */
    int n_rows;
    bool last_round; /* or a later one */
    double *points;  /* of this round: see row_points */
} Growth;

/* A piece's values: at its ends, its quarters and its middle, and slightly outside of
 * it, where an inexact input may be. */
typedef struct Probe {
    double y[QUARTERS + 1], before, after;
    const double *odd; /* at ODD; NULL: not asked */
} Probe;

/* Do all values become black, or all white? Then nothing between them is visible.
 */
static bool is_invisible(const Probe *probe)
{
    bool black = true, white = true;
    for (int i = 0; i <= QUARTERS; i++) {
        black = black && probe->y[i] <= 0;
        white = white && probe->y[i] >= 1;
    }
    for (int i = 0; i < ODDS && probe->odd; i++) {
        black = black && probe->odd[i] <= 0;
        white = white && probe->odd[i] >= 1;
    }
    return black || white;
}

static double piece_at(const CurvePiece *piece, double f)
{
    return piece->a + f * (piece->b + f * piece->c);
}

/* The parabola through both ends and the middle of y[0 … 4]. */
static CurvePiece parabola(const double *y)
{
    CurvePiece piece = {.a = y[0], .c = 2 * (y[0] + y[4] - 2 * y[2])};
    piece.b = y[4] - y[0] - piece.c;
    return piece;
}

/* An invisible piece is flat, so that its parabola does not become visible. */
static void flatten(CurvePiece *piece)
{
    piece->b = piece->c = 0;
}

static bool is_fine(const CurvePiece *piece, const Probe *probe, double tolerance)
{
    bool fine = fabs(piece_at(piece, 0.25) - probe->y[1]) <= tolerance &&
                fabs(piece_at(piece, 0.75) - probe->y[3]) <= tolerance;
    for (int i = 0; i < ODDS && probe->odd; i++)
        fine = fine && fabs(piece_at(piece, ODD[i]) - probe->odd[i]) <= tolerance;
    return fine;
}

static double difference(double one, double other, bool clamped)
{
    if (clamped) {
        one = fmin(fmax(one, 0), 1);
        other = fmin(fmax(other, 0), 1);
    }
    return fabs(one - other);
}

/* How much an input's error can change the value in a piece of this width: at its
 * flattest and at its steepest place. */
static Range spread_inside(const CurvePiece *piece, double width, double input)
{
    double begin = fabs(piece->b), end = fabs(piece->b + 2 * piece->c);
    double flat = piece->b * (piece->b + 2 * piece->c) > 0 ? fmin(begin, end) : 0;
    double steep = fmax(begin, end);
    double part = fmin(input / width, 1);
    return (Range){flat * part, steep * part};
}

/* The same for an input that lies outside of the piece. */
static double spread_outside(const Probe *probe, bool clamped)
{
    return fmax(difference(probe->before, probe->y[0], clamped),
                difference(probe->after, probe->y[QUARTERS], clamped));
}

/* How far a parabola may be off. */
static double tolerance_at(const Fineness *fineness, const Probe *probe)
{
    double most = fmax(fabs(probe->y[0]), fabs(probe->y[QUARTERS]));
    return fineness->exact ? fineness->tolerance * fmax(most, 1) : fineness->tolerance;
}

/* Does an input's error matter too much? Exact inputs are only rounded when their piece
 * is chosen: that matters where the function jumps between two pieces. */
static bool is_spread(const Fineness *fineness, Range inside, double outside,
                      double tolerance)
{
    return fineness->exact ? outside > 2 * inside.hi + tolerance
                           : inside.hi + outside > fineness->spread;
}

static void widen(Range *range, double value)
{
    range->lo = fmin(range->lo, value);
    range->hi = fmax(range->hi, value);
}

static bool asks_odds(const Growth *g)
{
    return !g->fineness.jump;
}

/* The number of a row's points: four a piece and one more, then those slightly before
 * each end of a piece, then those slightly after, then the odd ones if they are asked.
 */
static size_t row_points(const Growth *g, const PieceRow *row)
{
    size_t each = QUARTERS + 2 + (asks_odds(g) ? ODDS : 0);
    return (size_t)row->count * each + 3;
}

static double *put_points(const Growth *g, const PieceRow *row, double *x)
{
    Range in = g->curve->in;
    double off = g->fineness.input;
    int quarters = row->count * QUARTERS, ends = row->count + 1;
    for (int i = 0; i <= quarters; i++)
        *x++ = fmin(fmax(row->lo + row->width * i / QUARTERS, in.lo), in.hi);
    for (int i = 0; i < 2 * ends; i++) {
        double end = row->lo + row->width * (i % ends);
        *x++ = fmin(fmax(i < ends ? end - off : end + off, in.lo), in.hi);
    }
    for (int i = 0; i < row->count && asks_odds(g); i++)
        for (int k = 0; k < ODDS; k++) {
            double at = row->lo + row->width * (i + ODD[k]);
            *x++ = fmin(fmax(at, in.lo), in.hi);
        }
    return x;
}

static Probe probe_at(const Growth *g, const PieceRow *row, const double *points,
                      int index)
{
    const double *outside = points + (size_t)row->count * QUARTERS + 1;
    const double *odds = outside + 2 * ((size_t)row->count + 1);
    Probe probe = {.before = outside[index],
                   .after = outside[row->count + 1 + index + 1],
                   .odd = asks_odds(g) ? odds + (size_t)index * ODDS : NULL};
    memcpy(probe.y, points + (size_t)index * QUARTERS, sizeof probe.y);
    return probe;
}

/* Values for all pieces of this round, with one call of the function. */
static bool evaluate(Growth *g, Err *err)
{
    size_t n = 0;
    for (int r = 0; r < g->n_rows; r++)
        n += row_points(g, &g->rows[r]);
    double *x = mem_alloc(n * sizeof *x, err), *at = x;
    if (!x)
        return false;
    for (int r = 0; r < g->n_rows; r++)
        at = put_points(g, &g->rows[r], at);
    mem_free(g->points);
    g->points = x;
    return tone_chain_apply(g->tones, x, n, err);
}

static void add_row(Growth *g, int all_rows, double lo, double width, int count)
{
    CurveFit *curve = g->curve;
    g->rows = mem_more(g->rows, (size_t)all_rows, 1, sizeof *g->rows);
    g->rows[all_rows] = (PieceRow){lo, width, curve->n_pieces, count};
    curve->pieces = mem_more(curve->pieces, (size_t)curve->n_pieces, (size_t)count,
                             sizeof *curve->pieces);
    curve->n_pieces += count;
}

/* No parabola is exact enough here, or an input's error matters too much. */
static void add_doubt(CurveFit *curve, CurvePiece *piece, double lo, double width)
{
    curve->doubts =
        mem_more(curve->doubts, (size_t)curve->n_doubts, 1, sizeof *curve->doubts);
    curve->doubts[curve->n_doubts++] = (Range){lo, lo + width};
    piece->a = NAN;
}

/* The largest jump here that samples may have missed. */
static double jump_in(const Fineness *fineness, double lo, double width)
{
    Range around = {lo - fineness->input, lo + width + fineness->input};
    return fineness->jump ? fineness->jump(fineness->context, around, fineness->clamped)
                          : 0;
}

/* Does the function jump in the piece, and do next to nothing else? */
static bool is_jump(const Probe *probe)
{
    double most = 0, all = 0;
    for (int i = 0; i < QUARTERS; i++) {
        double change = fabs(probe->y[i + 1] - probe->y[i]);
        most = fmax(most, change);
        all += change;
    }
    return all - most <= BESIDE_JUMP * most;
}

/* Can the piece still be divided? */
static bool can_deepen(const Growth *g, const Probe *probe, double width)
{
    bool more = !g->last_round || (g->fineness.exact && !is_jump(probe));
    return more && width > g->fineness.input &&
           g->curve->n_pieces + CURVE_DEEPER <= MOST_PIECES;
}

/* Settle one piece by its values: as final, as a doubt, or as a row of its own in the
 * next round. Returns the number of rows then. */
static int settle(Growth *g, const PieceRow *row, int index, const Probe *probe,
                  int all_rows)
{
    CurveFit *curve = g->curve;
    const Fineness *fineness = &g->fineness;
    CurvePiece piece = parabola(probe->y);
    double lo = row->lo + row->width * index;
    bool visible = !fineness->clamped || !is_invisible(probe);
    if (!visible)
        flatten(&piece);
    double tolerance = tolerance_at(fineness, probe);
    Range inside = spread_inside(&piece, row->width, fineness->input);
    double outside = spread_outside(probe, fineness->clamped);
    for (int i = 0; i <= QUARTERS; i++)
        widen(&curve->out, probe->y[i]);
    bool fine = !visible || is_fine(&piece, probe, tolerance);
    double jump = fine ? jump_in(fineness, lo, row->width) : INFINITY;
    bool deeper = can_deepen(g, probe, row->width);
    bool hidden = jump > tolerance && (deeper || jump < INFINITY);
    if (fine && !hidden && !is_spread(fineness, inside, outside, tolerance)) {
        curve->error = fmax(curve->error, inside.hi + outside + tolerance);
    } else if (deeper && !(fine && inside.lo > fineness->spread)) {
        piece.deeper = curve->n_pieces;
        add_row(g, all_rows++, lo, row->width / CURVE_DEEPER, CURVE_DEEPER);
    } else {
        add_doubt(curve, &piece, lo, row->width);
    }
    curve->pieces[row->first + index] = piece;
    return all_rows;
}

/* Settle all pieces of this round; then the next round's rows take the place of this
 * one's. */
static bool settle_round(Growth *g, Err *err)
{
    if (!evaluate(g, err))
        return false;
    const double *points = g->points;
    int all_rows = g->n_rows;
    for (int r = 0; r < g->n_rows; r++) {
        PieceRow row = g->rows[r];
        for (int i = 0; i < row.count; i++) {
            Probe probe = probe_at(g, &row, points, i);
            all_rows = settle(g, &row, i, &probe, all_rows);
        }
        points += row_points(g, &row);
    }
    int next = all_rows - g->n_rows;
    memmove(g->rows, g->rows + g->n_rows, (size_t)next * sizeof *g->rows);
    g->n_rows = next;
    return true;
}

static int by_place(const void *a, const void *b)
{
    double x = ((const Range *)a)->lo, y = ((const Range *)b)->lo;
    return (x > y) - (x < y);
}

/* Pieces whose width is a power of two; one of them begins at zero if that is in the
 * range. So 0, 1/2, 1 and the like, where functions have their corners, lie between
 * pieces, and positions are computed without rounding. */
static CurveTable first_row(Range range)
{
    double width = exp2(ceil(log2((range.hi - range.lo) / (FIRST - 1))));
    width = fmax(width, LEAST_WIDTH);
    double lo = floor(range.lo / width) * width;
    int pieces = (int)ceil((range.hi - lo) / width);
    return (CurveTable){.lo = lo, .scale = 1 / width, .pieces = pieces ? pieces : 1};
}

static bool grow(Growth *g, Err *err)
{
    CurveTable *table = &g->curve->table;
    add_row(g, 0, table->lo, 1 / table->scale, table->pieces);
    g->n_rows = 1;
    for (int round = 0; g->n_rows; round++) {
        g->last_round = round >= LAST_ROUND;
        if (!settle_round(g, err))
            return false;
    }
    return true;
}

bool curve_fit_sample(CurveFit *curve, const ToneSequence *tones, Range range,
                      Fineness fineness, Err *err)
{
    if (!(range.hi > range.lo))
        range.hi = range.lo + fmax(1, fabs(range.lo) * ROUNDING);
    *curve = (CurveFit){.in = range, .out = {INFINITY, -INFINITY}};
    curve->table = first_row(range);
    double rounding = ROUNDING * fmax(fabs(range.lo), fabs(range.hi));
    fineness.input = fmax(fineness.input, rounding);
    Growth g = {.tones = tones, .fineness = fineness, .curve = curve};
    bool good = grow(&g, err);
    mem_free(g.points);
    mem_free(g.rows);
    if (!good) {
        curve_fit_clear(curve);
        return false;
    }
    if (curve->doubts) /* qsort takes no NULL, even of no elements */
        qsort(curve->doubts, (size_t)curve->n_doubts, sizeof *curve->doubts, by_place);
    curve->table.piece = curve->pieces;
    return true;
}

void curve_fit_clear(CurveFit *curve)
{
    mem_free(curve->pieces);
    mem_free(curve->doubts);
    *curve = (CurveFit){0};
}
