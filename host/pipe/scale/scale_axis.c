#include "pipe/scale/scale_axis.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "kernels.h"

/* A smaller weight is a rounding error. */
static const double SLIVER = 1e-6;

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

/* The Catmull-Rom spline: 1 at 0, 0 at all other whole numbers. */
static double spline(double x)
{
    x = fabs(x);
    if (x < 1)
        return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? ((2.5 - 0.5 * x) * x - 4) * x + 2 : 0;
}

/* Cut off the zero weights at both ends. */
static void trim(ScaleAxis *axis, int i, float *weights)
{
    int count = axis->count[i], empty = 0;
    while (count > 1 && fabsf(weights[count - 1]) < SLIVER)
        count--;
    while (empty < count - 1 && fabsf(weights[empty]) < SLIVER)
        empty++;
    axis->first[i] += empty;
    axis->count[i] = count - empty;
    memmove(weights, weights + empty, (size_t)axis->count[i] * sizeof *weights);
    memset(weights + axis->count[i], 0,
           (size_t)(axis->taps - axis->count[i]) * sizeof *weights);
}

/* Beyond its edges the picture is mirrored: the one pixel there would count for all
 * that is missing. */
static int inside(int at, int size)
{
    int64_t turn = 2 * (int64_t)size, place = at % turn;
    place = place < 0 ? place + turn : place;
    return (int)(place < size ? place : turn - 1 - place);
}

/* The spline around `centre`, stretched by `pitch`. */
static void weigh(ScaleAxis *axis, int i, double centre, double pitch, int size)
{
    int low = (int)ceil(centre - 2 * pitch - 0.5);
    int high = (int)floor(centre + 2 * pitch - 0.5);
    int first = (int)clamp(low, 0, size - 1), last = (int)clamp(high, 0, size - 1);
    float *weights = axis->weights + (size_t)i * (size_t)axis->taps;
    double total = 0;
    REQUIRE(last - first < axis->taps);
    for (int at = low; at <= high; at++)
        total += spline((at + 0.5 - centre) / pitch);
    memset(weights, 0, (size_t)(last - first + 1) * sizeof *weights);
    for (int at = low; at <= high; at++)
        weights[inside(at, size) - first] +=
            (float)(spline((at + 0.5 - centre) / pitch) / total);
    axis->first[i] = first;
    axis->count[i] = last - first + 1;
    trim(axis, i, weights);
}

static void pick(ScaleAxis *axis, int i, double centre, int size)
{
    axis->first[i] = (int)clamp(floor(centre), 0, size - 1);
    axis->count[i] = 1;
    float *weights = axis->weights + (size_t)i * (size_t)axis->taps;
    memset(weights, 0, (size_t)axis->taps * sizeof *weights);
    weights[0] = 1;
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
    *axis = (ScaleAxis){.taps = (int)ceil(4 * fmax(step, 1)) + 1};
    axis->first = mem_alloc(n * sizeof *axis->first, err);
    axis->count = mem_alloc(n * sizeof *axis->count, err);
    axis->weights = mem_alloc(n * (size_t)axis->taps * sizeof *axis->weights, err);
    if (!axis->first || !axis->count || !axis->weights) {
        scale_axis_term(axis);
        return false;
    }
    for (int i = 0; i < out; i++) {
        double centre = from + (i + 0.5) * step;
        if (step > 0.5 + SLIVER)
            weigh(axis, i, centre, fmax(step, 1), size);
        else
            pick(axis, i, centre, size);
    }
    summarise(axis, out, size);
    return true;
}

/* The sum of the weights' absolute values, and the largest of them. */
static double total_of(const float *weights, int taps, double *largest)
{
    double total = 0;
    for (int k = 0; k < taps; k++) {
        double weight = fabs((double)weights[k]);
        total += weight;
        *largest = fmax(*largest, weight);
    }
    return total;
}

/* Every weight fits 16 bits, and every output pixel's weights the kernel: rounding
 * changes a weight by less than one. */
static double finest_scale(const ScaleAxis *axis, int out)
{
    double largest = 0, most = 0, scale = 1;
    for (int i = 0; i < out; i++) {
        const float *weights = axis->weights + (size_t)i * (size_t)axis->taps;
        most = fmax(most, total_of(weights, axis->count[i], &largest));
    }
    while (2 * scale * largest < INT16_MAX - 1 &&
           2 * scale * most + axis->taps < WEIGH_WHOLE_MOST)
        scale *= 2;
    return scale;
}

/* What rounding takes from a weight, the next one gets: the sum stays. */
static void round_weights(const float *weights, int taps, double scale, int16_t *whole)
{
    double total = 0;
    for (int k = 0; k < taps; k++) {
        long before = lrint(total);
        total += weights[k] * scale;
        whole[k] = (int16_t)(lrint(total) - before);
    }
}

bool scale_axis_make_whole(ScaleAxis *axis, int out, Err *err)
{
    size_t taps = (size_t)axis->taps;
    axis->whole = mem_alloc((size_t)out * taps * sizeof *axis->whole, err);
    if (!axis->whole)
        return false;
    double scale = finest_scale(axis, out);
    for (size_t at = 0; at < (size_t)out * taps; at += taps)
        round_weights(axis->weights + at, axis->taps, scale, axis->whole + at);
    axis->unit = (float)(1 / scale);
    return true;
}

void scale_axis_term(ScaleAxis *axis)
{
    mem_free(axis->whole);
    mem_free(axis->first);
    mem_free(axis->count);
    mem_free(axis->weights);
    *axis = (ScaleAxis){0};
}
