/* cube_text — the text of a .cube file.
 *
 * Adobe's Cube LUT Specification 1.0: TITLE, LUT_1D_SIZE or LUT_3D_SIZE, DOMAIN_MIN and
 * DOMAIN_MAX, then the rows. Of DaVinci Resolve's dialect: LUT_1D_INPUT_RANGE and
 * LUT_3D_INPUT_RANGE instead of the domain, and a 1D table in front of the 3D one.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_TEXT_H
#define LUTIST_PIPE_CUBE_CUBE_TEXT_H

#include "base/thread/cancel.h"
#include "pipe/cube/cube.h"

/* What a file holds: a cube, or a curve a channel. */
typedef struct CubeText {
    Cube *cube;   /* a reference; NULL: the file is one-dimensional */
    double *rows; /* owned; then `n_rows` triples for red, green and blue */
    int n_rows;
    double lo[3], hi[3]; /* the curves' domain */
} CubeText;

/* Read text[0 … size). The line in an error is named as "NAME, line 7: …". Looks at
 * `cancel`, which may be NULL. Fails: ERR_FILE, ERR_MEMORY, ERR_CANCELLED. */
bool cube_text_parse(const char *text, size_t size, const char *name, Cancel *cancel,
                     CubeText *out, Err *err);
void cube_text_clear(CubeText *text);

#endif
