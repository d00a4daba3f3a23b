#include "viewer/scope/tone_plot.h"

#include <math.h>
#include <string.h>

#include "pipe/program/run.h"

enum { SMOOTH_PASSES = 32 };

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

/* Rounding makes a staircase of a slope. The line goes as smoothly as it can without
 * leaving a sample by more than half a step; what is clipped stays. */
static void smooth(float y[TONE_PLOT_POINTS], int depth)
{
    float samples[TONE_PLOT_POINTS], half_step = 0.5F / (float)((1 << depth) - 1);
    memcpy(samples, y, sizeof samples);
    for (int pass = 0; pass < SMOOTH_PASSES; pass++)
        for (int i = 1; i < TONE_PLOT_POINTS - 1; i++) {
            float mean = (y[i - 1] + 2 * y[i] + y[i + 1]) / 4, sample = samples[i];
            if (sample > 0 && sample < 1)
                y[i] = fminf(fmaxf(mean, sample - half_step), sample + half_step);
        }
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
    for (int c = 0; c < 3; c++)
        smooth(plot->y[c], program->depth);
}
