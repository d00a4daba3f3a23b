#include "pipe/export/export_error.h"

#include <math.h>

#include "base/mem.h"
#include "pipe/export/export_colors.h"
#include "pipe/plan/plan_points.h"

enum { BLOCK = 256, BLOCKS = (EXPORT_COLORS + BLOCK - 1) / BLOCK };

/* A block of colours and what becomes of them. */
typedef struct Block {
    uint16_t at[3][BLOCK];
    double table[3][BLOCK], look[3][BLOCK];
} Block;

/* A curve a channel, joined by straight lines. */
static void eval_curves(const CubeTables *tables, double planes[3][BLOCK], size_t n)
{
    int last = tables->n_rows - 1;
    for (int c = 0; c < 3; c++)
        for (size_t i = 0; i < n; i++) {
            double place = planes[c][i] * last;
            int at = place < last ? (int)place : last - 1;
            double from = tables->rows[3 * at + c], to = tables->rows[3 * (at + 1) + c];
            planes[c][i] = from + (place - at) * (to - from);
        }
}

static void eval_table(const CubeTables *tables, const Kernels *kernels, Block *block,
                       size_t n)
{
    for (int c = 0; c < 3; c++)
        for (size_t i = 0; i < n; i++)
            block->table[c][i] = block->at[c][i] / 255.0;
    if (tables->cube)
        cube_eval(tables->cube, 1, kernels,
                  (double *const[3]){block->table[0], block->table[1], block->table[2]},
                  n);
    else
        eval_curves(tables, block->table, n);
}

static double clamped(double value)
{
    return fmin(fmax(value, 0), 1);
}

static void compare(const Block *block, size_t n, ExportError *error)
{
    for (size_t i = 0; i < n; i++)
        for (int c = 0; c < 3; c++) {
            double off =
                255 * fabs(clamped(block->table[c][i]) - clamped(block->look[c][i]));
            error->mean += off;
            if (off <= error->largest)
                continue;
            error->largest = off;
            for (int k = 0; k < 3; k++)
                error->at[k] = block->at[k][i];
        }
}

typedef struct Comparison {
    const CubeTables *table;
    const Plan *look;
    ExportError *errors; /* of each block; the means are sums */
} Comparison;

static void compare_block(void *arg, int number)
{
    const Comparison *all = arg;
    const Kernels *kernels = kernels_at(cpu_level());
    size_t first = (size_t)number * BLOCK, left = EXPORT_COLORS - first;
    size_t n = left < BLOCK ? left : BLOCK;
    Block block;
    export_colors_get(first,
                      (uint16_t *const[3]){block.at[0], block.at[1], block.at[2]}, n);
    eval_table(all->table, kernels, &block, n);
    plan_points_eval(all->look, kernels,
                     (const uint16_t *const[3]){block.at[0], block.at[1], block.at[2]},
                     (double *const[3]){block.look[0], block.look[1], block.look[2]},
                     n);
    compare(&block, n, &all->errors[number]);
}

/* In the order of the colours, so that the result is the same for all threads. */
static ExportError total(const ExportError *errors)
{
    ExportError all = {0};
    for (int i = 0; i < BLOCKS; i++) {
        double mean = all.mean + errors[i].mean;
        if (errors[i].largest > all.largest)
            all = errors[i];
        all.mean = mean;
    }
    all.mean /= 3.0 * EXPORT_COLORS;
    return all;
}

bool export_error_find(const CubeTables *table, const Plan *look, Pool *pool,
                       Cancel *cancel, ExportError *error, Err *err)
{
    Comparison all = {table, look, mem_new(BLOCKS, sizeof *all.errors)};
    bool done = pool_for(pool, BLOCKS, compare_block, &all, cancel);
    if (done)
        *error = total(all.errors);
    mem_free(all.errors);
    return done || err_set(err, ERR_CANCELLED, "stopped");
}
