#include "image/scale_axis.h"

#include <math.h>
#include <stddef.h>

#include "base/mem.h"

/* What rounding leaves at the edges of an area: no pixel is worth that little. */
static const double SLIVER = 1e-6;

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

/* Output pixel i covers [begin, end) of the source. */
static void cover(ScaleAxis *axis, int i, double begin, double end, int size)
{
    int first = (int)clamp(floor(begin + SLIVER), 0, size - 1);
    int last = (int)clamp(ceil(end - SLIVER) - 1, first, size - 1);
    float *weights = axis->weights + (size_t)i * (size_t)axis->taps;
    double total = 0;
    REQUIRE(last - first < axis->taps);
    for (int at = first; at <= last; at++)
        total += fmax(fmin(end, at + 1) - fmax(begin, at), SLIVER);
    for (int at = first; at <= last; at++) {
        double length = fmax(fmin(end, at + 1) - fmax(begin, at), SLIVER);
        weights[at - first] = (float)(length / total);
    }
    axis->first[i] = first;
    axis->count[i] = last - first + 1;
}

/* Between the centres of two source pixels; the edge pixels go on outwards. */
static void blend(ScaleAxis *axis, int i, double centre, int size)
{
    double at = clamp(centre - 0.5, 0, size - 1);
    int first = (int)at;
    double part = at - first;
    float *weights = axis->weights + (size_t)i * (size_t)axis->taps;
    axis->first[i] = first;
    axis->count[i] = part > SLIVER ? 2 : 1;
    weights[0] = (float)(part > SLIVER ? 1 - part : 1);
    weights[1] = (float)part;
}

static void pick(ScaleAxis *axis, int i, double centre, int size)
{
    axis->first[i] = (int)clamp(floor(centre), 0, size - 1);
    axis->count[i] = 1;
    axis->weights[(size_t)i * (size_t)axis->taps] = 1;
}

static void summarise(ScaleAxis *axis, int out, int size)
{
    axis->plain = true;
    axis->low = size;
    for (int i = 0; i < out; i++) {
        int end = axis->first[i] + axis->count[i];
        axis->plain = axis->plain && axis->count[i] == 1;
        axis->low = axis->first[i] < axis->low ? axis->first[i] : axis->low;
        axis->high = end > axis->high ? end : axis->high;
    }
}

bool scale_axis_init(ScaleAxis *axis, double from, double extent, int size, int out,
                     Err *err)
{
    double step = extent / out;
    size_t n = (size_t)out;
    *axis = (ScaleAxis){.taps = (int)ceil(step) + 2};
    axis->first = mem_alloc(n * sizeof *axis->first, err);
    axis->count = mem_alloc(n * sizeof *axis->count, err);
    axis->weights = mem_alloc(n * (size_t)axis->taps * sizeof *axis->weights, err);
    if (!axis->first || !axis->count || !axis->weights) {
        scale_axis_term(axis);
        return false;
    }
    for (int i = 0; i < out; i++) {
        double centre = from + (i + 0.5) * step;
        if (step >= 1 - SLIVER)
            cover(axis, i, from + i * step, from + (i + 1) * step, size);
        else if (step > 0.5 + SLIVER)
            blend(axis, i, centre, size);
        else
            pick(axis, i, centre, size);
    }
    summarise(axis, out, size);
    return true;
}

void scale_axis_term(ScaleAxis *axis)
{
    mem_free(axis->first);
    mem_free(axis->count);
    mem_free(axis->weights);
    *axis = (ScaleAxis){0};
}
