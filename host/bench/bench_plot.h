/* bench_plot — the results of the bench "modes" as a bar chart: an SVG file, times on a
 * logarithmic scale.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_BENCH_BENCH_PLOT_H
#define LUTIST_BENCH_BENCH_PLOT_H

#include "bench/bench_results.h"

/* The file for bench_plot_modes: it replaces an earlier SVG drawing, but no other file.
 * Fails: ERR_FILE, ERR_USAGE. */
Outfile *bench_plot_open(const char *path, Err *err);
/* `title` and `note` are text, not SVG. Fails: as bench_plot_open. */
bool bench_plot_modes(const BenchResults *rows, const char *title, const char *note,
                      const char *path, Err *err);

#endif
