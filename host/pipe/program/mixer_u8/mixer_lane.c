#include "pipe/program/mixer_u8/mixer_lane.h"

#include <math.h>

#include "pipe/plan/step_matrices.h"

/* Sums below the least one, so that what rounding takes from a column leaves none below
 * zero. */
enum { BELOW = 2 };

MixerLane mixer_lane_of(const PlanStep *step, int channel, Range range, int bits)
{
    MixerLane lane = {&step->tone[channel], range, 0};
    double width = range.hi - range.lo, sums = ldexp(1, bits) - 4 * BELOW;
    lane.scale = sums / (width > 0 ? width : 1);
    lane.range.lo -= BELOW / lane.scale;
    return lane;
}

static double tone_at(const Plan *plan, int channel, int value)
{
    const double *tone = plan->tone[channel];
    return tone ? tone[value] : value / (MIXER_LEVELS - 1.0);
}

typedef struct Column {
    double part[MIXER_LEVELS]; /* what each sample adds to a value */
    double least;
} Column;

static Column column_of(const Plan *plan, int in, double factor)
{
    Column column = {.least = INFINITY};
    for (int v = 0; v < MIXER_LEVELS; v++) {
        column.part[v] = factor * tone_at(plan, in, v);
        column.least = fmin(column.least, column.part[v]);
    }
    return column;
}

static double sum_of(double above, const MixerLane *lane)
{
    return floor(above * lane->scale + 0.5);
}

/* The column whose sample counts most. */
static int main_column(const double row[4])
{
    int most = 0;
    for (int k = 1; k < 3; k++)
        most = fabs(row[k]) > fabs(row[most]) ? k : most;
    return most;
}

/* The sum of gray sample `v`, which is the same in all lanes. */
static double gray_sum(const Plan *plan, const MixerLane *lane, int v)
{
    const double *row = plan->steps[0].matrix[0];
    double value = (row[0] + row[1] + row[2]) * tone_at(plan, 0, v) + row[3];
    return sum_of(value - lane->range.lo, lane);
}

/* Columns begin at the least that they can add. The main one has the rest: what the
 * lane's range adds below, and in a gray lane what the others' rounding leaves of a
 * gray sample's sum. */
static void fill_lane(const Plan *plan, int c, const MixerLane *lane, bool gray,
                      int shift, uint64_t in[3][MIXER_LEVELS])
{
    const double *row = plan->steps[0].matrix[c];
    int own = main_column(row), second = (own + 1) % 3, third = (own + 2) % 3;
    const Column a = column_of(plan, own, row[own]);
    const Column b = column_of(plan, second, row[second]);
    const Column d = column_of(plan, third, row[third]);
    double above = row[3] + b.least + d.least - lane->range.lo;
    for (int v = 0; v < MIXER_LEVELS; v++) {
        double y = sum_of(b.part[v] - b.least, lane);
        double z = sum_of(d.part[v] - d.least, lane);
        double x =
            gray ? gray_sum(plan, lane, v) - y - z : sum_of(a.part[v] + above, lane);
        in[own][v] |= (uint64_t)x << shift;
        in[second][v] |= (uint64_t)y << shift;
        in[third][v] |= (uint64_t)z << shift;
    }
}

/* Do three equal samples make three equal sums? */
static bool keeps_gray(const Plan *plan, const MixerLane lanes[3])
{
    for (int c = 1; c < 3; c++)
        if (plan->tone[c] != plan->tone[0] || lanes[c].range.lo != lanes[0].range.lo ||
            lanes[c].scale != lanes[0].scale)
            return false;
    return step_matrices_keeps_gray((const double(*)[4])plan->steps[0].matrix);
}

void mixer_lanes_fill(const Plan *plan, const MixerLane lanes[3], int bits,
                      uint64_t in[3][MIXER_LEVELS])
{
    bool gray = keeps_gray(plan, lanes);
    for (int c = 0; c < 3; c++)
        fill_lane(plan, c, &lanes[c], gray, bits * c, in);
}

double mixer_visible(double value)
{
    return fmin(fmax(value, 0.0), 1.0) * (MIXER_LEVELS - 1);
}
