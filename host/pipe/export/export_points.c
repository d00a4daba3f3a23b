#include "pipe/export/export_points.h"

#include <math.h>

#include "base/mem.h"
#include "pipe/plan/plan_points.h"

enum { BLOCK = 256, CURVE_SLICE = 4096 };

bool export_points_init(ExportPoints *points, const Plan *plan, int dimensions,
                        int size, Err *err)
{
    size_t side = (size_t)size;
    *points = (ExportPoints){.plan = plan, .dimensions = dimensions, .size = size};
    points->most = dimensions == 3 ? side * side : CURVE_SLICE;
    points->slices = dimensions == 3 ? size : (size + CURVE_SLICE - 1) / CURVE_SLICE;
    double *values = mem_alloc(3 * points->most * sizeof *values, err);
    for (size_t c = 0; values && c < 3; c++)
        points->planes[c] = values + c * points->most;
    return values;
}

void export_points_term(ExportPoints *points)
{
    mem_free(points->planes[0]);
    *points = (ExportPoints){0};
}

/* The numbers of point `number` on its axes. */
static void place(const ExportPoints *points, size_t number, uint16_t at[3])
{
    size_t size = (size_t)points->size;
    bool flat = points->dimensions == 1;
    at[0] = (uint16_t)(flat ? number : number % size);
    at[1] = (uint16_t)(flat ? number : number / size % size);
    at[2] = (uint16_t)(flat ? number : number / size / size);
}

/* A matrix may make numbers beyond what a table can hold. */
static void limit(double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        values[i] = fmin(fmax(values[i], -CUBE_MOST_VALUE), CUBE_MOST_VALUE);
}

static void eval_block(void *arg, int block)
{
    ExportPoints *points = arg;
    uint16_t at[3][BLOCK];
    size_t first = (size_t)block * BLOCK, left = points->count - first;
    size_t n = left < BLOCK ? left : BLOCK;
    double *planes[3];
    for (size_t i = 0; i < n; i++) {
        uint16_t color[3];
        place(points, points->first + first + i, color);
        for (int c = 0; c < 3; c++)
            at[c][i] = color[c];
    }
    for (int c = 0; c < 3; c++)
        planes[c] = points->planes[c] + first;
    plan_points_eval(points->plan, kernels_at(cpu_level()),
                     (const uint16_t *const[3]){at[0], at[1], at[2]}, planes, n);
    for (int c = 0; c < 3; c++)
        limit(planes[c], n);
}

bool export_points_slice(ExportPoints *points, int slice, Err *err)
{
    size_t all = (size_t)points->size;
    points->first = (size_t)slice * points->most;
    points->count = points->most;
    if (points->dimensions == 1 && all - points->first < points->most)
        points->count = all - points->first;
    int blocks = (int)((points->count + BLOCK - 1) / BLOCK);
    return pool_for(points->pool, blocks, eval_block, points, points->cancel) ||
           err_set(err, ERR_CANCELLED, "stopped");
}
