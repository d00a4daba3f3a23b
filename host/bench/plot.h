/* plot — the rows of the bench "modes" as a bar chart: an SVG file, times on a
 * logarithmic scale.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_PLOT_H
#define LUTIST_BENCH_PLOT_H

#include "bench/rows.h"

/* `title` and `note` are text, not SVG. Replaces what stands at `path`. Fails:
 * ERR_FILE. */
bool plot_modes(const Rows *rows, const char *title, const char *note, const char *path,
                Err *err);

#endif
