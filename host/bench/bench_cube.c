#include "bench/bench_cube.h"

#include <math.h>
#include <string.h>

enum { SIZE = 33 };

/* Saturated middle tones, and highlights that roll off. */
static void film(const int point[3], double out[3])
{
    double v[3], luma = 0;
    for (int c = 0; c < 3; c++) {
        v[c] = point[c] / (SIZE - 1.0);
        luma += (const double[]){0.2126, 0.7152, 0.0722}[c] * v[c];
    }
    for (int c = 0; c < 3; c++) {
        double x = luma + (v[c] - luma) * (1.6 - luma);
        out[c] = 1.15 * x / (0.15 + fabs(x)) * sqrt(v[c] + 0.01);
    }
}

Cube *bench_cube_new(Err *err)
{
    double *values = cube_values_new(SIZE, err), *at = values;
    if (!values)
        return NULL;
    for (int b = 0; b < SIZE; b++)
        for (int g = 0; g < SIZE; g++)
            for (int r = 0; r < SIZE; r++, at += 3)
                film((const int[3]){r, g, b}, at);
    return cube_take(values, SIZE, (const double[3]){0, 0, 0},
                     (const double[3]){1, 1, 1});
}

/* From corner to corner of the cell, along the axis of the largest fraction that is
 * left. */
void bench_cube_reference(const double in[3], double out[3])
{
    int point[3];
    double fraction[3], corner[3], next[3];
    for (int c = 0; c < 3; c++) {
        double at = fmin(fmax(in[c], 0), 1) * (SIZE - 1);
        point[c] = (int)fmin(floor(at), SIZE - 2);
        fraction[c] = at - point[c];
    }
    film(point, corner);
    memcpy(out, corner, sizeof corner);
    for (int i = 0; i < 3; i++) {
        int axis = 0;
        for (int c = 1; c < 3; c++)
            axis = fraction[c] > fraction[axis] ? c : axis;
        point[axis]++;
        film(point, next);
        for (int c = 0; c < 3; c++)
            out[c] += fraction[axis] * (next[c] - corner[c]);
        memcpy(corner, next, sizeof corner);
        fraction[axis] = -1;
    }
}
