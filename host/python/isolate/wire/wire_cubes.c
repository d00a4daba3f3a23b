#include "python/isolate/wire/wire_cubes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { MOST_CUBES = 65536, MOST_ROWS = 65536 };

void wire_cubes_clear(WireCubes *cubes)
{
    for (int i = 0; i < cubes->count; i++)
        cube_unref(&cubes->cubes[i]);
    mem_free(cubes->cubes);
    *cubes = (WireCubes){0};
}

int wire_cubes_find(const WireCubes *cubes, const Cube *cube)
{
    for (int i = 0; i < cubes->count; i++)
        if (cubes->cubes[i] == cube)
            return i;
    return -1;
}

static void add(WireCubes *cubes, const Cube *cube)
{
    cubes->cubes = mem_more(cubes->cubes, (size_t)cubes->count, 1, sizeof(Cube *));
    cubes->cubes[cubes->count++] = cube_ref(cube);
}

static size_t entries(int size)
{
    return 3 * (size_t)size * (size_t)size * (size_t)size;
}

/* The rows from which the shaper was made. */
static void pack_shaper(Pack *pack, const Cube *cube)
{
    int rows = cube->shaper[0].pieces;
    pack_u32(pack, (uint32_t)rows);
    for (int c = 0; rows && c < 3; c++)
        pack_f64(pack, cube->shaper[c].lo);
    for (int c = 0; rows && c < 3; c++)
        pack_f64(pack, cube->shaper[c].scale);
    for (int i = 0; i < rows; i++)
        for (int c = 0; c < 3; c++)
            pack_f64(pack, cube->shaper[c].piece[i].a);
}

static void pack_cube(Pack *pack, const Cube *cube)
{
    pack_text(pack, cube->name);
    pack_u32(pack, (uint32_t)cube->table.size);
    pack_bytes(pack, cube->table.lo, sizeof cube->table.lo);
    pack_bytes(pack, cube->table.scale, sizeof cube->table.scale);
    pack_bytes(pack, cube->values, entries(cube->table.size) * sizeof(double));
    pack_shaper(pack, cube);
}

void pack_cubes(Pack *pack, const Stage *stages, int count, WireCubes *last)
{
    WireCubes now = {0};
    for (int i = 0; i < count; i++)
        if (stages[i].kind == STAGE_CUBE && wire_cubes_find(&now, stages[i].cube) < 0)
            add(&now, stages[i].cube);
    pack_u32(pack, (uint32_t)now.count);
    for (int i = 0; i < now.count; i++) {
        int number = wire_cubes_find(last, now.cubes[i]);
        pack_u32(pack, (uint32_t)(number + 1));
        if (number < 0)
            pack_cube(pack, now.cubes[i]);
    }
    wire_cubes_clear(last);
    *last = now;
}

/* Where `last` + 1 points lie on each axis: apart, and both ends are finite. */
static void unpack_axes(Unpack *unpack, double last, double lo[3], double scale[3])
{
    for (int c = 0; c < 3; c++)
        lo[c] = unpack_finite(unpack);
    for (int c = 0; c < 3; c++) {
        scale[c] = unpack_finite(unpack);
        unpack->bad =
            unpack->bad || !(scale[c] > 0) || !isfinite(lo[c] + last / scale[c]);
    }
}

/* False: it is bad. */
static bool copy_values(Unpack *unpack, double *values, size_t n)
{
    const void *bytes = unpack_bytes(unpack, n * sizeof *values);
    if (bytes)
        memcpy(values, bytes, n * sizeof *values);
    for (size_t i = 0; bytes && i < n; i++)
        unpack->bad = unpack->bad || !(fabs(values[i]) <= CUBE_MOST_VALUE);
    return !unpack->bad;
}

/* Put the shaper in front of *cube, if there is one. False: it is bad, or *err is set.
 */
static bool unpack_shaper(Unpack *unpack, Cube **cube, Err *err)
{
    double lo[3], scale[3];
    uint32_t rows = unpack_count(unpack, 3 * sizeof(double), MOST_ROWS);
    unpack->bad = unpack->bad || rows == 1;
    if (unpack->bad || rows == 0)
        return !unpack->bad;
    unpack_axes(unpack, rows - 1.0, lo, scale);
    double *values = mem_try(rows, 3 * sizeof *values, err);
    Cube *shaped = values && copy_values(unpack, values, 3 * (size_t)rows)
                       ? cube_shaped(*cube, values, (int)rows, lo, scale, err)
                       : NULL;
    mem_free(values);
    if (!shaped)
        return false;
    cube_unref(cube);
    *cube = shaped;
    return true;
}

static Cube *unpack_table(Unpack *unpack, Err *err)
{
    double lo[3], scale[3];
    uint32_t size = unpack_u32(unpack);
    unpack->bad = unpack->bad || size < LUT3D_LEAST_SIZE || size > LUT3D_MOST_SIZE;
    if (unpack->bad)
        return NULL;
    unpack_axes(unpack, size - 1.0, lo, scale);
    size_t n = entries((int)size);
    unpack->bad =
        unpack->bad || (size_t)(unpack->end - unpack->at) / sizeof(double) < n;
    double *values = unpack->bad ? NULL : cube_values_new((int)size, err);
    if (values && copy_values(unpack, values, n))
        return cube_take_scaled(values, (int)size, lo, scale);
    mem_free(values);
    return NULL;
}

/* NULL: it is bad, or *err is set. */
static Cube *unpack_cube(Unpack *unpack, Err *err)
{
    char *name = unpack_name(unpack);
    Cube *cube = name ? unpack_table(unpack, err) : NULL;
    if (cube)
        snprintf(cube->name, sizeof cube->name, "%s", name);
    mem_free(name);
    if (cube && !unpack_shaper(unpack, &cube, err))
        cube_unref(&cube);
    return cube;
}

bool unpack_cubes(Unpack *unpack, WireCubes *last, Err *err)
{
    WireCubes now = {0};
    uint32_t count = unpack_count(unpack, sizeof(uint32_t), MOST_CUBES);
    while (now.count < (int)count && !unpack->bad) {
        uint32_t number = unpack_u32(unpack);
        unpack->bad = unpack->bad || number > (uint32_t)last->count;
        Cube *cube = unpack->bad ? NULL
                     : number    ? cube_ref(last->cubes[number - 1])
                                 : unpack_cube(unpack, err);
        if (!cube)
            break;
        add(&now, cube);
        cube_unref(&cube);
    }
    bool good = !unpack->bad && now.count == (int)count;
    wire_cubes_clear(good ? last : &now);
    if (good)
        *last = now;
    return good;
}
