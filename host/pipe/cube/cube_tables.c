#include "pipe/cube/cube_tables.h"

#include "base/mem.h"

Cube *cube_tables_join(const CubeTables *tables, Err *err)
{
    double scale[3];
    for (int c = 0; c < 3; c++)
        scale[c] = (tables->n_rows - 1) / (tables->hi[c] - tables->lo[c]);
    return cube_shaped(tables->cube, tables->rows, tables->n_rows, tables->lo, scale,
                       err);
}

void cube_tables_clear(CubeTables *tables)
{
    cube_unref(&tables->cube);
    mem_free(tables->rows);
    mem_free(tables->title);
    *tables = (CubeTables){0};
}
