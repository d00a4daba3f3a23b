/* cube_tables — the tables of a look's file: a cube, curves, or curves and then a cube.
 *
 * Threads: a value; the caller owns it.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_TABLES_H
#define LUTIST_PIPE_CUBE_CUBE_TABLES_H

#include "pipe/cube/cube.h"

/* Starts zeroed; at least one of both is there once a file has been read. */
typedef struct CubeTables {
    Cube *cube;   /* a reference; NULL: curves alone */
    double *rows; /* owned; `n_rows` triples for red, green and blue, spread evenly over
                     the domain and joined by straight lines; NULL: no curves */
    int n_rows;
    double lo[3], hi[3]; /* the curves' domain */
    char *title;         /* owned; NULL: none */
} CubeTables;

/* The cube behind the curves, which become its shaper; both are there. NULL:
 * ERR_MEMORY. */
Cube *cube_tables_join(const CubeTables *tables, Err *err);
void cube_tables_clear(CubeTables *tables);

#endif
