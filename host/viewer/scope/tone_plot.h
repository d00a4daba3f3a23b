/* tone_plot — what a program does to the neutral axis: input to output, a curve a
 * channel.
 *
 * Equal samples go through the program itself, tables, matrices and cubes alike. So the
 * plot is what the pixels get. Each point is within half a step of its sample: the line
 * shows clipping and the steps of a look, not the staircase of rounding.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCOPE_TONE_PLOT_H
#define LUTIST_VIEWER_SCOPE_TONE_PLOT_H

#include "pipe/program/program.h"

enum { TONE_PLOT_POINTS = 256 };

typedef struct TonePlot {
    float y[3][TONE_PLOT_POINTS]; /* 0 to 1; point i is of the input i / 255 */
    bool same;                    /* the channels are equal */
    bool mixed; /* a channel depends on the others: only the neutral axis is shown */
} TonePlot;

/* `channels` of the pictures that the program was compiled for: 1 to 4. */
void tone_plot_sample(const Program *program, int channels, TonePlot *plot);

#endif
