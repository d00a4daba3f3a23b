/* graph — the histogram and the tone plot as pixels.
 *
 * Pixels are 0xAARRGGBB, alpha not multiplied, rows without padding; transparent where
 * the ground shows. Where the channels' areas overlap they add up to yellow, magenta,
 * cyan and, all three, to gray.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCOPE_GRAPH_H
#define LUTIST_VIEWER_SCOPE_GRAPH_H

#include "viewer/scope/histogram.h"
#include "viewer/scope/tone_plot.h"

/* Heights are the square roots, or with `log` the logarithms, of the counts, each
 * averaged with its neighbours first. The highest bin between the ends fills the graph.
 * The ends, where clipped samples are, are not averaged, may be higher and are cut. */
void graph_histogram(const Histogram *histogram, bool log, int width, int height,
                     uint32_t *pixels);

/* The curves in a square of `size` pixels, `margin` of them around 0 to 1, as lines of
 * `thick` pixels. */
void graph_tones(const TonePlot *plot, int size, int margin, double thick,
                 uint32_t *pixels);

#endif
