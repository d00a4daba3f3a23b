#include "pipe/program_floats/float_cube.h"

#include "pipe/program_floats/cube_fold.h"

typedef struct Filling {
    const Cube *cube;
    const Folding *fold;
    double most;
} Filling;

/* One number more than the points have follows them. */
static void fill(void *data, const void *context)
{
    const Filling *f = context;
    int size = f->cube->table.size;
    double row[3 * LUT3D_MOST_SIZE];
    float *to = data;
    for (int b = 0; b < size; b++)
        for (int g = 0; g < size; g++) {
            cube_fold_row(f->cube, f->fold, f->most, g, b, row);
            for (int i = 0; i < 3 * size; i++)
                *to++ = (float)row[i];
        }
    *to = 0;
}

static bool take_points(Making *m, const Cube *cube, const Folding *fold,
                        Lut3dF32Step *to, Err *err)
{
    const Filling filling = {cube, fold, making_most(m)};
    size_t size = (size_t)to->size;
    size_t bytes = (3 * size * size * size + 1) * sizeof *to->points;
    CubePointsKey key = cube_fold_key(fold, filling.most, 0);
    CubePoints *points = cube_points_get(cube->shelf, &key, bytes, fill, &filling, err);
    if (!points)
        return false;
    m->made->points[m->made->chain.n_steps - 1] = points;
    m->made->bytes += bytes - sizeof *to->points;
    to->points = points->data;
    return true;
}

/* Errors are known before points are made, so huge numbers are never converted. */
bool float_cube_take(Making *m, Lut3dF32Step *to, bool *good, Err *err)
{
    const PlanStep *step = &m->plan->steps[m->at];
    const Cube *cube = step->cube;
    if (cube->pieces && (m->at > 0 || step->mix != 1)) {
        *good = false;
        return true;
    }
    double mix;
    Folding fold = cube_fold_take(m->plan, &m->at, &m->values, making_most(m), &mix);
    to->mix = (float)mix;
    to->size = cube->table.size;
    for (int c = 0; c < 3; c++) {
        to->scale[c] = (float)(cube->table.scale[c] / making_most(m));
        to->start[c] = (float)(-cube->table.lo[c] * cube->table.scale[c]);
    }
    float_values_take_cube(&m->values, cube, &fold, to->mix, making_most(m));
    *good = making_is_exact(m);
    if (!*good)
        return true;
    return take_points(m, cube, &fold, to, err);
}
