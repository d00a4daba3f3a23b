/* cube_write — a table as the text of a .cube file.
 *
 * Adobe's Cube LUT Specification 1.0, with the domain 0 to 1: comments, TITLE, the
 * size, then a row of red, green and blue for each point, red's index rising fastest.
 * The same table gives the same bytes, whatever the locale and the time.
 * Threads: any, one at a time for a file.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_WRITE_H
#define LUTIST_PIPE_CUBE_CUBE_WRITE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/* Borrowed. Texts are any: what a line of the file cannot hold is escaped or cut. */
typedef struct CubeHead {
    const char *title;
    const char *const *comments; /* a line each */
    int n_comments;
    int dimensions; /* 1 or 3 */
    int size;       /* points, or points a side */
} CubeHead;

/* A failed write is the stream's error, for whoever flushes it. */
void cube_write_head(FILE *file, const CubeHead *head);
/* n rows of finite values. `exact`: with as many digits as give the same double again;
 * else rounded to 10 decimals. Fails: ERR_MEMORY. */
bool cube_write_rows(FILE *file, const double *const planes[3], size_t n, bool exact,
                     Err *err);

#endif
