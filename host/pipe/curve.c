#include "pipe/curve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* FIRST pieces at most, each up to DEEPEST times cut into CURVE_DEEPER. MOST_PIECES are
 * 8 MB: what has more corners than that is followed as far as they go. */
enum { FIRST = 256, DEEPEST = 6, MOST_PIECES = 1 << 18 };
/* A piece is judged by its values at its ends, its quarters and its middle. */
enum { QUARTERS = 4 };

/* Pieces that follow each other evenly. */
typedef struct Row {
    double lo, width; /* of one piece */
    int first, count; /* in Growth.pieces */
} Row;

typedef struct Growth {
    const Curve *f;
    Fineness fineness;
    PlanCurve *curve;
    Row *rows; /* of the depth in work; the next depth's are behind them */
    int n_rows;
    bool deepest;
    double *points; /* of the depth in work: 4 a piece and one more a row */
} Growth;

/* Do all five values end up black, or all white? Then nobody sees what lies between. */
static bool is_invisible(const double *y)
{
    bool black = true, white = true;
    for (int i = 0; i <= QUARTERS; i++) {
        black = black && y[i] <= 0;
        white = white && y[i] >= 1;
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

static bool is_fine(const CurvePiece *piece, const double *y, Fineness fineness)
{
    if (fineness.clamped && is_invisible(y))
        return true;
    return fabs(piece_at(piece, 0.25) - y[1]) <= fineness.tolerance &&
           fabs(piece_at(piece, 0.75) - y[3]) <= fineness.tolerance;
}

static void widen(Range *range, double value)
{
    range->lo = fmin(range->lo, value);
    range->hi = fmax(range->hi, value);
}

/* Values for the pieces of all rows of this depth, with one call of the function. */
static bool evaluate(Growth *g, Err *err)
{
    size_t n = 0;
    for (int r = 0; r < g->n_rows; r++)
        n += (size_t)g->rows[r].count * QUARTERS + 1;
    double *x = mem_alloc(n * sizeof *x, err);
    if (!x)
        return false;
    size_t at = 0;
    Range in = g->curve->in;
    for (int r = 0; r < g->n_rows; r++)
        for (int i = 0; i <= g->rows[r].count * QUARTERS; i++) {
            double at_x = g->rows[r].lo + g->rows[r].width * i / QUARTERS;
            x[at++] = fmin(fmax(at_x, in.lo), in.hi);
        }
    mem_free(g->points);
    g->points = x;
    return g->f->eval(g->f->context, x, x, n, err);
}

static void add_row(Growth *g, int all_rows, double lo, double width, int count)
{
    size_t pieces = (size_t)g->curve->n_pieces + (size_t)count;
    g->rows = mem_grow(g->rows, (size_t)all_rows + 1, sizeof *g->rows);
    g->rows[all_rows] = (Row){lo, width, g->curve->n_pieces, count};
    g->curve->pieces = mem_grow(g->curve->pieces, pieces, sizeof *g->curve->pieces);
    g->curve->n_pieces += count;
}

/* Even the narrowest parabola leaves the function: it jumps here. One side of the jump
 * stands for the piece, so that nothing between the sides is ever made. */
static void add_jump(Growth *g, CurvePiece *piece, double x)
{
    PlanCurve *curve = g->curve;
    curve->jumps =
        mem_grow(curve->jumps, (size_t)curve->n_jumps + 1, sizeof *curve->jumps);
    curve->jumps[curve->n_jumps++] = x;
    piece->b = piece->c = 0;
}

/* One piece from its five values: final, or a row of its own in the next depth.
 * Returns how many rows there are then. */
static int settle(Growth *g, const Row *row, int index, const double *y, int all_rows)
{
    CurvePiece piece = parabola(y);
    double lo = row->lo + row->width * index;
    for (int i = 0; i <= QUARTERS; i++)
        widen(&g->curve->out, y[i]);
    int at = row->first + index;
    bool fine = is_fine(&piece, y, g->fineness);
    if (!fine && g->deepest) {
        add_jump(g, &piece, lo + row->width / 2);
    } else if (!fine && g->curve->n_pieces + CURVE_DEEPER <= MOST_PIECES) {
        piece.deeper = g->curve->n_pieces;
        add_row(g, all_rows++, lo, row->width / CURVE_DEEPER, CURVE_DEEPER);
    }
    g->curve->pieces[at] = piece;
    return all_rows;
}

/* All pieces of one depth; the rows of the next take the place of this one's. */
static bool settle_depth(Growth *g, Err *err)
{
    if (!evaluate(g, err))
        return false;
    const double *y = g->points;
    int all_rows = g->n_rows;
    for (int r = 0; r < g->n_rows; r++, y++) {
        Row row = g->rows[r];
        for (int i = 0; i < row.count; i++, y += QUARTERS)
            all_rows = settle(g, &row, i, y, all_rows);
    }
    int next = all_rows - g->n_rows;
    memmove(g->rows, g->rows + g->n_rows, (size_t)next * sizeof *g->rows);
    g->n_rows = next;
    return true;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Pieces whose width is a power of two, one of them beginning at zero if it is in the
 * range: 0, 1/2, 1 and their like, where functions have their corners, fall between
 * pieces, and positions are computed without rounding. */
static CurveTable first_row(Range range)
{
    double width = exp2(ceil(log2((range.hi - range.lo) / (FIRST - 1))));
    double lo = floor(range.lo / width) * width;
    int pieces = (int)ceil((range.hi - lo) / width);
    return (CurveTable){.lo = lo, .scale = 1 / width, .pieces = pieces ? pieces : 1};
}

static bool grow(Growth *g, Err *err)
{
    CurveTable *table = &g->curve->table;
    add_row(g, 0, table->lo, 1 / table->scale, table->pieces);
    g->n_rows = 1;
    for (int depth = 0; g->n_rows; depth++) {
        g->deepest = depth == DEEPEST;
        if (!settle_depth(g, err))
            return false;
    }
    return true;
}

bool curve_sample(PlanCurve *curve, const Curve *f, Range range, Fineness fineness,
                  Err *err)
{
    if (!(range.hi > range.lo))
        range.hi = range.lo + 1;
    *curve = (PlanCurve){.in = range, .out = {INFINITY, -INFINITY}};
    curve->table = first_row(range);
    curve->near_jump = fineness.near_jump;
    Growth g = {.f = f, .fineness = fineness, .curve = curve};
    bool good = grow(&g, err);
    mem_free(g.points);
    mem_free(g.rows);
    if (!good) {
        curve_clear(curve);
        return false;
    }
    if (curve->jumps) /* qsort takes no NULL, even of no elements */
        qsort(curve->jumps, (size_t)curve->n_jumps, sizeof *curve->jumps, by_value);
    curve->table.piece = curve->pieces;
    return true;
}

void curve_clear(PlanCurve *curve)
{
    mem_free(curve->pieces);
    mem_free(curve->jumps);
    *curve = (PlanCurve){0};
}
