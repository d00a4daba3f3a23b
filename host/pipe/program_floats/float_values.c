#include "pipe/program_floats/float_values.h"

#include <math.h>

/* Of one number, relative to it. */
static const double ROUNDING = 0x1p-24;
/* As many roundings meet a part of a row's sum (a difference, its factor, its product,
 * three additions), a position (the scale, its product, an addition), the values of a
 * table (as numbers, and in three additions) and the steps between them (a difference,
 * its factor and its product). */
enum { ROW = 6, POSITION = 3, TABLE = 4, STEP = 3 };
/* What the kernel cuts off from a fraction. */
static const double CUT = 3 * 0x1p-24;
/* How far a value may be outside of a cube's domain and count as inside: the rounding
 * of the domain's end. */
static const double OUTSIDE = 1e-12;

double float_values_tolerance(int depth)
{
    return depth == 8 ? 0.5 : 1.4;
}

bool float_values_are_exact(const Values *values, double tolerance)
{
    for (int c = 0; c < 3; c++)
        if (!(values->error[c] <= tolerance))
            return false;
    return true;
}

double float_values_magnitude(const Values *values, int channel)
{
    return fmax(fabs(values->lo[channel]), fabs(values->hi[channel]));
}

double float_values_rounding(double number)
{
    return ROUNDING * fabs(number);
}

/* The range of a row's results. */
static Range row_range(const Values *in, const double row[4], double most)
{
    Range range = {row[3] * most, row[3] * most};
    for (int k = 0; k < 3; k++) {
        range.lo += fmin(row[k] * in->lo[k], row[k] * in->hi[k]);
        range.hi += fmax(row[k] * in->lo[k], row[k] * in->hi[k]);
    }
    return range;
}

/* The largest difference of a channel from green; of green itself, its magnitude. */
static double difference(const Values *in, int channel)
{
    if (channel == 1)
        return float_values_magnitude(in, 1);
    return fmax(in->hi[channel] - in->lo[1], in->hi[1] - in->lo[channel]);
}

void float_values_take_matrix(Values *values, const double matrix[3][4], double most)
{
    const Values in = *values;
    for (int c = 0; c < 3; c++) {
        const double *row = matrix[c];
        double sum = fabs(row[3]) * most, error = 0;
        for (int k = 0; k < 3; k++) {
            double factor = k == 1 ? row[0] + row[1] + row[2] : row[k];
            sum += fabs(factor) * difference(&in, k);
            error += fabs(row[k]) * in.error[k];
        }
        Range range = row_range(&in, row, most);
        values->lo[c] = range.lo;
        values->hi[c] = range.hi;
        values->error[c] = error + ROW * ROUNDING * sum;
    }
}

double float_values_place(const Cube *cube, int axis, int i)
{
    return cube->table.lo[axis] + i / cube->table.scale[axis];
}

bool float_values_are_inside(const Values *values, const Cube *cube, double most)
{
    for (int c = 0; c < 3; c++)
        if (values->lo[c] / most < cube->table.lo[c] - OUTSIDE ||
            values->hi[c] / most >
                float_values_place(cube, c, cube->table.size - 1) + OUTSIDE)
            return false;
    return true;
}

double float_values_edge(const Cube *cube, const Folding *fold, int r, int c)
{
    const Cube *plain = cube->plain ? cube->plain : cube;
    double most = 0;
    for (int k = 0; k < 3; k++) {
        double edge = fabs(fold->mix) * plain->slope[k][c] / plain->table.scale[c];
        if (k == c)
            edge += fabs(1 - fold->mix) / cube->table.scale[c];
        most += fabs(fold->matrix[r][k]) * edge;
    }
    return most;
}

Range float_values_points(const Cube *cube, const Folding *fold, int r)
{
    Range range = {fold->matrix[r][3], fold->matrix[r][3]};
    for (int k = 0; k < 3; k++) {
        double kept = 1 - fold->mix, factor = fold->matrix[r][k];
        double first = kept * float_values_place(cube, k, 0);
        double last = kept * float_values_place(cube, k, cube->table.size - 1);
        double least = fold->mix * cube->least[k], most = fold->mix * cube->most[k];
        double lo = fmin(first, last) + fmin(least, most);
        double hi = fmax(first, last) + fmax(least, most);
        range.lo += fmin(factor * lo, factor * hi);
        range.hi += fmax(factor * lo, factor * hi);
    }
    return range;
}

void float_values_take_cube(Values *values, const Cube *cube, const Folding *fold,
                            double mix, double most)
{
    const Values in = *values;
    for (int r = 0; r < 3; r++) {
        Range range = float_values_points(cube, fold, r);
        double lo = range.lo * most, hi = range.hi * most;
        double largest = fmax(fabs(lo), fabs(hi)), error = TABLE * ROUNDING * largest;
        for (int c = 0; c < 3; c++) {
            double scale = cube->table.scale[c] / most;
            double start = fabs(cube->table.lo[c] * cube->table.scale[c]);
            double at =
                scale * in.error[c] + CUT +
                POSITION * ROUNDING * (scale * float_values_magnitude(&in, c) + start);
            error +=
                float_values_edge(cube, fold, r, c) * most * (at + STEP * ROUNDING);
        }
        double own = fabs(mix) * (float_values_magnitude(&in, r) + largest);
        values->lo[r] = mix == 1 ? lo : -float_values_magnitude(&in, r) - own;
        values->hi[r] = mix == 1 ? hi : float_values_magnitude(&in, r) + own;
        values->error[r] =
            mix == 1 ? error
                     : (1 + fabs(mix)) * in.error[r] + fabs(mix) * error +
                           ROW * ROUNDING * (float_values_magnitude(&in, r) + own);
    }
}
