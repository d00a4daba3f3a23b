/* plot — the rows of the bench "modes" as a bar chart: an SVG file, times on a
 * logarithmic scale.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_PLOT_H
#define LUTIST_BENCH_PLOT_H

#include "bench/rows.h"

/* The file for plot_modes: an earlier SVG drawing is replaced, nothing else. Fails:
 * ERR_FILE, ERR_USAGE. */
Outfile *plot_open(const char *path, Err *err);
/* `title` and `note` are text, not SVG. Fails: as plot_open. */
bool plot_modes(const Rows *rows, const char *title, const char *note, const char *path,
                Err *err);

#endif
