/* fuzz_tables — what the fuzzers of a look's files share.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_FUZZ_FUZZ_TABLES_H
#define LUTIST_TESTS_FUZZ_FUZZ_TABLES_H

#include <math.h>
#include <string.h>

#include "pipe/cube/cube_tables.h"

/* A colour inside, one on the far corner, one outside and one that is no number. */
static inline void use_cube(const Cube *cube)
{
    double planes[3][4];
    for (int c = 0; c < 3; c++)
        memcpy(planes[c], (const double[]){0.3 + 0.2 * c, 1, -1e30, NAN},
               sizeof planes[c]);
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++)
        cube_eval(cube, 0.5, kernels_at((CpuLevel)level),
                  (double *const[3]){planes[0], planes[1], planes[2]}, 4);
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            REQUIRE(isfinite(cube->slope[r][c]));
}

/* What has been read is whole and can be used; then it is cleared. */
static inline void use_tables(CubeTables *found)
{
    REQUIRE(found->cube || found->rows);
    if (found->cube)
        use_cube(found->cube);
    if (found->cube && found->rows) {
        Cube *shaped = cube_tables_join(found, NULL);
        REQUIRE(shaped);
        use_cube(shaped);
        cube_unref(&shaped);
    }
    cube_tables_clear(found);
}

/* One line that begins so. */
static inline void use_error(const Err *err, const char *start)
{
    REQUIRE(err->kind == ERR_FILE);
    REQUIRE(strncmp(err->text, start, strlen(start)) == 0);
    REQUIRE(!strchr(err->text, '\n'));
}

#endif
