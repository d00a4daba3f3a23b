/* 3D tables on planes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* A look's cube, an odd one whose domain differs from 0 … 1, and the smallest. */
enum { SIZES = 3 };
static const int sizes[SIZES] = {33, 6, 2};

typedef struct Cube {
    Lut3d table;
    double mix;
} Cube;

static size_t count_of(int size)
{
    return 3 * (size_t)size * (size_t)size * (size_t)size;
}

/* The values end where the memory ends, so that a sanitizer sees a read behind them. */
static Cube cube_new(int size, double mix)
{
    uint32_t seed = (uint32_t)size;
    double *values = malloc((count_of(size) + 1) * sizeof *values);
    if (!values)
        abort();
    for (size_t i = 0; i <= count_of(size); i++)
        values[i] = random_unit(&seed) * 1.5 - 0.25;
    Cube cube = {{.size = size, .values = values}, mix};
    for (int c = 0; c < 3; c++) {
        cube.table.lo[c] = size == 6 ? -0.25 * c : 0;
        cube.table.scale[c] = (size - 1) / (size == 6 ? 1 + 0.3 * c : 1);
    }
    return cube;
}

static void cube_free(const Cube *cube)
{
    free((void *)cube->table.values);
}

/* In place, as the host calls it. */
static void call_planes(const Kernels *kernels, void *dst, const void *src, size_t n,
                        const void *context)
{
    const Cube *cube = context;
    double *d = dst;
    double *const planes[3] = {d, d + n, d + 2 * n};
    memcpy(dst, src, 3 * n * sizeof *d);
    kernels->lut3d.planes(planes, (const double *const *)planes, n, &cube->table,
                          cube->mix);
}

/* The place in the table is another than the values that are mixed with. */
static void call_aside(const Kernels *kernels, void *dst, const void *src, size_t n,
                       const void *context)
{
    const Cube *cube = context;
    double *d = dst;
    const double *s = src;
    double *const planes[3] = {d, d + n, d + 2 * n};
    const double *const at[3] = {s + 2 * n, s, s + n};
    memcpy(dst, src, 3 * n * sizeof *d);
    kernels->lut3d.planes(planes, at, n, &cube->table, cube->mix);
}

void lut3d_cases(visit_fn visit)
{
    for (int i = 0; i < SIZES; i++) {
        Cube whole = cube_new(sizes[i], 1), part = cube_new(sizes[i], -0.75);
        Case one = {.sample = 8, .in = 24, .out = 24, .context = &whole};
        one.call = call_planes;
        one.source = SOURCE_SPECIAL;
        snprintf(one.name, sizeof one.name, "lut3d planes %d", sizes[i]);
        visit(&one);
        one.context = &part;
        one.call = call_aside;
        snprintf(one.name, sizeof one.name, "lut3d planes %d mixed", sizes[i]);
        visit(&one);
        cube_free(&whole);
        cube_free(&part);
    }
}

/* The definition: sort the axes by their fractions, then walk from corner to corner. */
static void by_hand(const Cube *cube, const double in[3], double out[3])
{
    const Lut3d *t = &cube->table;
    size_t size = (size_t)t->size, at = 0;
    size_t stride[3] = {3, 3 * size, 3 * size * size};
    double fraction[3];
    int order[3] = {0, 1, 2};
    for (int c = 0; c < 3; c++) {
        double place = (in[c] - t->lo[c]) * t->scale[c];
        place = fmin(fmax(place, 0), t->size - 1);
        fraction[c] = place - floor(place);
        at += (size_t)floor(place) * stride[c];
        if (floor(place) == t->size - 1)
            stride[c] = 0;
    }
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            if (fraction[order[k + 1]] > fraction[order[k]]) {
                int swap = order[k];
                order[k] = order[k + 1];
                order[k + 1] = swap;
            }
    const double *v[4] = {t->values + at};
    for (int k = 0; k < 3; k++)
        v[k + 1] = v[k] + stride[order[k]];
    double f1 = fraction[order[0]], f2 = fraction[order[1]], f3 = fraction[order[2]];
    for (int c = 0; c < 3; c++) {
        out[c] = v[0][c] + f3 * (v[3][c] - v[0][c]);
        out[c] += (f1 - f3) * (v[1][c] - v[0][c]);
        out[c] += (f2 - f3) * (v[2][c] - v[1][c]);
    }
    for (int c = 0; c < 3 && cube->mix != 1; c++)
        out[c] = in[c] + cube->mix * (out[c] - in[c]);
}

static void check_pixel(const Kernels *kernels, const char *level, const Cube *cube,
                        const double in[3])
{
    double want[3], got[3] = {in[0], in[1], in[2]};
    double *const planes[3] = {&got[0], &got[1], &got[2]};
    kernels->lut3d.planes(planes, (const double *const *)planes, 1, &cube->table,
                          cube->mix);
    by_hand(cube, in, want);
    for (int c = 0; c < 3; c++)
        expect(got[c] == want[c],
               "lut3d %d at %s: channel %d wrong at %.17g %.17g %.17g",
               cube->table.size, level, c, in[0], in[1], in[2]);
}

/* Equal fractions in every pattern, the faces of the domain, and anything. */
static void check_cube(const Kernels *kernels, const char *level, const Cube *cube)
{
    uint32_t seed = 5;
    for (int i = 0; i < 20000; i++) {
        double in[3];
        for (int c = 0; c < 3; c++)
            in[c] = i % 3 ? random_unit(&seed) * 1.6 - 0.3
                          : floor(random_unit(&seed) * 9) / 8;
        check_pixel(kernels, level, cube, in);
    }
}

/* Also those at the upper ends. */
static void check_lattice(const Kernels *kernels, const char *level, const Cube *cube)
{
    int size = cube->table.size;
    const double *v = cube->table.values;
    for (int b = 0; b < size; b++)
        for (int g = 0; g < size; g++)
            for (int r = 0; r < size; r++, v += 3) {
                double got[3] = {r / (size - 1.0), g / (size - 1.0), b / (size - 1.0)};
                double *const planes[3] = {&got[0], &got[1], &got[2]};
                kernels->lut3d.planes(planes, (const double *const *)planes, 1,
                                      &cube->table, 1);
                expect(got[0] == v[0] && got[1] == v[1] && got[2] == v[2],
                       "lut3d %d at %s: not exact at point %d, %d, %d", size, level, r,
                       g, b);
            }
}

void lut3d_check(void)
{
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++) {
        const Kernels *kernels = kernels_at((CpuLevel)level);
        const char *name = cpu_name((CpuLevel)level);
        for (int i = 0; i < SIZES; i++) {
            Cube whole = cube_new(sizes[i], 1), part = cube_new(sizes[i], 0.6);
            check_cube(kernels, name, &whole);
            check_cube(kernels, name, &part);
            if (sizes[i] != 6)
                check_lattice(kernels, name, &whole);
            cube_free(&whole);
            cube_free(&part);
        }
    }
}
