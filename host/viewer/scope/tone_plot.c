#include "viewer/scope/tone_plot.h"

#include <string.h>

#include "pipe/program/run.h"

/* Samples of either depth, a row of the plot's points. */
typedef union Row {
    uint8_t shallow[TONE_PLOT_POINTS * 4];
    uint16_t deep[TONE_PLOT_POINTS * 4];
} Row;

static void fill(Row *row, int channels, int depth)
{
    for (int i = 0; i < TONE_PLOT_POINTS; i++)
        for (int c = 0; c < channels; c++) {
            if (depth == 8)
                row->shallow[i * channels + c] = (uint8_t)i;
            else
                row->deep[i * channels + c] = (uint16_t)(i * 257);
        }
}

static float value_at(const Row *row, int depth, int index)
{
    return depth == 8 ? (float)row->shallow[index] / 255.0F
                      : (float)row->deep[index] / 65535.0F;
}

void tone_plot_sample(const Program *program, int channels, TonePlot *plot)
{
    Row in, out;
    ImageInfo info = {TONE_PLOT_POINTS, 1, channels, program->depth};
    ImageInfo made = program_output(program, info);
    fill(&in, channels, program->depth);
    run_rows(program, info, in.shallow, sizeof in, out.shallow, sizeof out, 1);
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < TONE_PLOT_POINTS; i++) {
            int at = i * made.channels + (made.channels >= 3 ? c : 0);
            plot->y[c][i] = value_at(&out, program->depth, at);
        }
    size_t size = sizeof plot->y[0];
    plot->same = memcmp(plot->y[0], plot->y[1], size) == 0 &&
                 memcmp(plot->y[0], plot->y[2], size) == 0;
    plot->mixed = channels >= 3 && program->plan->n_steps > 0;
}
