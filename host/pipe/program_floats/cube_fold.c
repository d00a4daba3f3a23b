#include "pipe/program_floats/cube_fold.h"

#include <string.h>

#include "pipe/plan/step_matrices.h"

/* second after the folding's matrix. */
static void fold_matrix(Folding *fold, const double second[3][4])
{
    double product[3][4];
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++) {
            product[r][c] = c == 3 ? second[r][3] : 0;
            for (int k = 0; k < 3; k++)
                product[r][c] += second[r][k] * fold->matrix[k][c];
        }
    memcpy(fold->matrix, product, sizeof product);
}

Folding cube_fold_take(const Plan *plan, int *at, const Values *in, double most,
                       double *mix)
{
    const PlanStep *step = &plan->steps[(*at)++];
    Folding fold = {1, {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}, false};
    *mix = 1;
    if (step->mix != 1 && !float_values_are_inside(in, step->cube, most)) {
        *mix = step->mix;
        return fold;
    }
    fold.mix = step->mix;
    for (; *at < plan->n_steps; step = &plan->steps[(*at)++]) {
        const PlanStep *next = &plan->steps[*at];
        if (next->cube || plan_step_has_tones(step))
            break;
        fold_matrix(&fold, next->matrix);
        fold.gray = step_matrices_keeps_gray((const double(*)[4])fold.matrix);
    }
    return fold;
}

CubePointsKey cube_fold_key(const Folding *fold, double most, int bits)
{
    CubePointsKey key = {{fold->mix, most, bits}};
    memcpy(key.number + 3, fold->matrix, sizeof fold->matrix);
    return key;
}

/* Where grays stay gray, all rows do the same with them, whatever the rounding of their
 * numbers. */
static double row_at(const Folding *fold, int r, const double v[3])
{
    const double *row = fold->matrix[r], *level = fold->matrix[0];
    if (!fold->gray)
        return row[0] * v[0] + row[1] * v[1] + row[2] * v[2] + row[3];
    return row[0] * (v[0] - v[1]) + (level[0] + level[1] + level[2]) * v[1] +
           row[2] * (v[2] - v[1]) + level[3];
}

static void fill_point(double *to, const double value[3], const double place[3],
                       const Folding *fold, double most)
{
    double v[3];
    for (int c = 0; c < 3; c++)
        v[c] = fold->mix == 1 ? value[c]
                              : (1 - fold->mix) * place[c] + fold->mix * value[c];
    for (int r = 0; r < 3; r++)
        to[r] = row_at(fold, r, v) * most;
}

void cube_fold_row(const Cube *cube, const Folding *fold, double most, int green,
                   int blue, double *row)
{
    size_t size = (size_t)cube->table.size;
    const double *from =
        cube->values + 3 * size * ((size_t)blue * size + (size_t)green);
    double place[3] = {0, float_values_place(cube, 1, green),
                       float_values_place(cube, 2, blue)};
    for (size_t r = 0; r < size; r++, from += 3, row += 3) {
        place[0] = float_values_place(cube, 0, (int)r);
        fill_point(row, from, place, fold, most);
    }
}
