/* cube_text — the text of a .cube file.
 *
 * Two dialects. Adobe's Cube LUT Specification 1.0: TITLE, LUT_1D_SIZE or LUT_3D_SIZE,
 * DOMAIN_MIN and DOMAIN_MAX, then the rows. DaVinci Resolve's: TITLE, LUT_1D_SIZE with
 * LUT_1D_INPUT_RANGE, LUT_3D_SIZE with LUT_3D_INPUT_RANGE, one or both; then the rows
 * of the 1D table, the shaper, and behind them those of the 3D one. A file with
 * keywords of both dialects is refused, because their domains would contradict each
 * other.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_TEXT_H
#define LUTIST_PIPE_CUBE_CUBE_TEXT_H

#include <stdint.h>
#include <stdio.h>

#include "base/thread/cancel.h"
#include "pipe/cube/cube_tables.h"

/* Read `file` from where it is: `size` bytes to its end. No large memory is
 * taken for more rows than these could hold. The line in an error is named as "NAME,
 * line 7: …". Looks at `cancel`, which may be NULL. Fails: ERR_FILE, ERR_MEMORY,
 * ERR_CANCELLED. */
bool cube_text_read(FILE *file, uint64_t size, const char *name, Cancel *cancel,
                    CubeTables *out, Err *err);

#endif
