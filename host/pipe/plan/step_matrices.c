#include "pipe/plan/step_matrices.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* Relative: adding a sum's parts in another order changes it by no more. */
static const double ROUNDING = 0x1p-50;

/* Relative: as far may the sums of rows differ whose sums are meant to be the same. */
static const double SAME = 0x1p-40;

static void identity(double matrix[3][4])
{
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++)
            matrix[r][c] = r == c;
}

bool step_matrices_is_identity(const double matrix[3][4])
{
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++)
            if (matrix[r][c] != (r == c))
                return false;
    return true;
}

bool step_matrices_keeps_gray(const double matrix[3][4])
{
    double sum[3], size[3];
    for (int r = 0; r < 3; r++) {
        const double *row = matrix[r];
        sum[r] = row[0] + row[1] + row[2];
        size[r] = fabs(row[0]) + fabs(row[1]) + fabs(row[2]) + fabs(row[3]);
        double most = SAME * fmax(size[0], size[r]);
        if (fabs(sum[r] - sum[0]) > most || fabs(row[3] - matrix[0][3]) > most)
            return false;
    }
    return true;
}

/* out = second after first. */
static void multiply(double out[3][4], double second[3][4], const double first[3][4])
{
    double product[3][4];
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++) {
            double sum = c == 3 ? second[r][3] : 0;
            for (int k = 0; k < 3; k++)
                sum += second[r][k] * first[k][c];
            product[r][c] = sum;
        }
    memcpy(out, product, sizeof product);
}

void step_matrices_take(PlanBuilder *b, PlanStep *step)
{
    identity(step->matrix);
    for (; b->at < b->count && b->stages[b->at].kind == STAGE_MATRIX; b->at++) {
        size_t n = (size_t)step->n_matrices;
        step->matrices = mem_more(step->matrices, n, 1, sizeof *step->matrices);
        double(*next)[4] = step->matrices[step->n_matrices++];
        memcpy(next, b->stages[b->at].matrix, sizeof step->matrix);
        multiply(step->matrix, next, (const double(*)[4])step->matrix);
    }
}

void step_matrices_transform(PlanBuilder *b, PlanStep *step)
{
    double error[3];
    for (int r = 0; r < 3; r++) {
        const double *row = step->matrix[r];
        Range *out = &step->range[r];
        *out = (Range){row[3], row[3]};
        error[r] = ROUNDING * fabs(row[3]);
        for (int c = 0; c < 3; c++) {
            double a = row[c] * b->range[c].lo, z = row[c] * b->range[c].hi;
            out->lo += fmin(a, z);
            out->hi += fmax(a, z);
            error[r] += fabs(row[c]) * b->error[c] + ROUNDING * fmax(fabs(a), fabs(z));
        }
    }
    memcpy(b->range, step->range, sizeof b->range);
    memcpy(b->error, error, sizeof error);
}
