#include "pipe/cube/cube.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/cube/cube_points.h"

static size_t count_of(int size)
{
    return 3 * (size_t)size * (size_t)size * (size_t)size;
}

double *cube_values_new(int size, Err *err)
{
    REQUIRE(size >= LUT3D_LEAST_SIZE && size <= LUT3D_MOST_SIZE);
    size_t count = count_of(size);
    double *values = mem_alloc((count + 1) * sizeof *values, err);
    if (values)
        values[count] = 0;
    return values;
}

static void find_range(Cube *cube)
{
    size_t count = count_of(cube->table.size);
    for (int c = 0; c < 3; c++)
        cube->least[c] = cube->most[c] = cube->values[c];
    for (size_t i = 0; i < count; i += 3)
        for (int c = 0; c < 3; c++) {
            double v = cube->values[i + (size_t)c];
            cube->least[c] = v < cube->least[c] ? v : cube->least[c];
            cube->most[c] = v > cube->most[c] ? v : cube->most[c];
        }
}

/* Within a tetrahedron the value changes along an axis as it does along one edge of the
 * lattice, so the steepest edge is the steepest place. */
static void find_slopes(Cube *cube)
{
    size_t size = (size_t)cube->table.size, stride = 3;
    for (int axis = 0; axis < 3; axis++, stride *= size) {
        double most[3] = {0};
        size_t row = stride * size, last = row - stride;
        for (size_t begin = 0; begin < count_of(cube->table.size); begin += row)
            for (size_t i = begin; i < begin + last; i += 3)
                for (size_t c = 0; c < 3; c++) {
                    double step =
                        fabs(cube->values[i + c + stride] - cube->values[i + c]);
                    most[c] = step > most[c] ? step : most[c];
                }
        for (int c = 0; c < 3; c++)
            cube->slope[c][axis] = most[c] * cube->table.scale[axis];
    }
}

static bool is_identity(const Cube *cube)
{
    int size = cube->table.size;
    double last = size - 1;
    const double *v = cube->values;
    for (int c = 0; c < 3; c++)
        if (cube->table.lo[c] != 0 || cube->table.scale[c] != last)
            return false;
    for (int b = 0; b < size; b++)
        for (int g = 0; g < size; g++)
            for (int r = 0; r < size; r++, v += 3)
                if (v[0] != r / last || v[1] != g / last || v[2] != b / last)
                    return false;
    return true;
}

static bool are_alike(const double v[3])
{
    return v[0] == v[1] && v[0] == v[2];
}

static bool is_neutral(const Cube *cube)
{
    size_t size = (size_t)cube->table.size, step = 3 * (size * size + size + 1);
    if (!are_alike(cube->table.lo) || !are_alike(cube->table.scale))
        return false;
    for (size_t i = 0; i < size; i++)
        if (!are_alike(cube->values + i * step))
            return false;
    return true;
}

/* Intervals a unit of the input. */
static void find_scale(double scale[3], int points, const double lo[3],
                       const double hi[3])
{
    for (int c = 0; c < 3; c++)
        scale[c] = (points - 1) / (hi[c] - lo[c]);
}

Cube *cube_take(double *values, int size, const double lo[3], const double hi[3])
{
    double scale[3];
    find_scale(scale, size, lo, hi);
    return cube_take_scaled(values, size, lo, scale);
}

Cube *cube_take_scaled(double *values, int size, const double lo[3],
                       const double scale[3])
{
    Cube *cube = mem_new(1, sizeof *cube);
    atomic_init(&cube->refs, 1);
    cube->values = values;
    cube->table.values = values;
    cube->table.size = size;
    cube->bytes = count_of(size) * sizeof *values;
    cube->shelf = cube_shelf_new(cube->bytes);
    for (int c = 0; c < 3; c++) {
        cube->table.lo[c] = lo[c];
        cube->table.scale[c] = scale[c];
    }
    find_range(cube);
    find_slopes(cube);
    cube->identity = is_identity(cube);
    cube->neutral = is_neutral(cube);
    return cube;
}

/* One piece a row: from the row's value to the next one's. The last is flat, and the
 * position stays in it beyond the end. */
static void fill_pieces(CurvePiece *piece, const double *rows, int count, int channel,
                        double *steepest)
{
    *steepest = 0;
    for (int i = 0; i < count; i++) {
        double value = rows[3 * i + channel];
        double next = i + 1 < count ? rows[3 * (i + 1) + channel] : value;
        piece[i] = (CurvePiece){.a = value, .b = next - value};
        *steepest = fmax(*steepest, fabs(next - value));
    }
}

static void put_shaper(Cube *cube, const double *rows, int count, const double lo[3],
                       const double scale[3])
{
    for (int c = 0; c < 3; c++) {
        CurvePiece *pieces = cube->pieces + (size_t)c * (size_t)count;
        double steepest;
        fill_pieces(pieces, rows, count, c, &steepest);
        cube->shaper[c] = (CurveTable){
            .lo = lo[c], .scale = scale[c], .pieces = count, .piece = pieces};
        for (int r = 0; r < 3; r++)
            cube->slope[r][c] *= steepest * scale[c];
    }
    cube->neutral = cube->neutral && are_alike(lo) && are_alike(scale);
    for (int i = 0; i < count; i++)
        cube->neutral = cube->neutral && are_alike(rows + (size_t)3 * (size_t)i);
}

Cube *cube_shaped(const Cube *plain, const double *rows, int count, const double lo[3],
                  const double scale[3], Err *err)
{
    size_t bytes = 3 * (size_t)count * sizeof(CurvePiece);
    CurvePiece *pieces = mem_alloc(bytes, err);
    if (!pieces)
        return NULL;
    Cube *cube = mem_new(1, sizeof *cube);
    *cube = *plain;
    atomic_init(&cube->refs, 1);
    cube->plain = cube_ref(plain);
    cube->pieces = pieces;
    cube->bytes += bytes;
    cube->identity = false;
    put_shaper(cube, rows, count, lo, scale);
    return cube;
}

Cube *cube_ref(const Cube *cube)
{
    Cube *own = (Cube *)cube;
    atomic_fetch_add(&own->refs, 1);
    return own;
}

void cube_unref(Cube **cube)
{
    Cube *old = *cube;
    *cube = NULL;
    if (!old || atomic_fetch_sub(&old->refs, 1) > 1)
        return;
    if (old->plain) {
        cube_unref(&old->plain);
    } else {
        cube_shelf_free(old->shelf);
        mem_free(old->values);
    }
    mem_free(old->pieces);
    mem_free(old);
}

enum { BLOCK = 256 };

/* Up to BLOCK pixels. The result is mixed with what came in, so the shaper works on a
 * copy. */
static void eval_shaped(const Cube *cube, double mix, const Kernels *kernels,
                        double *const planes[3], size_t n)
{
    double at[3][BLOCK];
    for (int c = 0; c < 3; c++) {
        memcpy(at[c], planes[c], n * sizeof at[c][0]);
        kernels->planes.curve(at[c], n, &cube->shaper[c]);
    }
    kernels->lut3d.planes(planes, (const double *const[3]){at[0], at[1], at[2]}, n,
                          &cube->table, mix);
}

void cube_eval(const Cube *cube, double mix, const Kernels *kernels,
               double *const planes[3], size_t n)
{
    if (!cube->pieces) {
        kernels->lut3d.planes(planes, (const double *const *)planes, n, &cube->table,
                              mix);
        return;
    }
    for (size_t i = 0; i < n; i += BLOCK)
        eval_shaped(cube, mix, kernels,
                    (double *const[3]){planes[0] + i, planes[1] + i, planes[2] + i},
                    n - i < BLOCK ? n - i : BLOCK);
}
