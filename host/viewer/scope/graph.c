#include "viewer/scope/graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "viewer/ui/shape.h"
#include "viewer/ui/theme.h"

/* What a set of channels looks like together; bit 0 is red, 1 green, 2 blue. A line of
 * all three must be seen beside the diagonal, an area must not dazzle. */
static Color set_color(unsigned set, bool line)
{
    static const Color colors[8] = {[1] = THEME_RED,
                                    [2] = THEME_GREEN,
                                    [3] = {0xd8, 0xc8, 0x60, 255},
                                    [4] = THEME_BLUE,
                                    [5] = {0xd0, 0x84, 0xd8, 255},
                                    [6] = {0x68, 0xc8, 0xd0, 255},
                                    [7] = THEME_FILL};
    return line && set == 7 ? THEME_KNOB : colors[set];
}

static uint32_t pack(Color color, double cover)
{
    uint32_t alpha = (uint32_t)lround(fmin(fmax(cover, 0), 1) * 255);
    return alpha << 24 | (uint32_t)color.r << 16 | (uint32_t)color.g << 8 | color.b;
}

/* A pixel that each channel covers in part. */
static uint32_t blend(const double cover[3], bool line)
{
    double most = fmax(cover[0], fmax(cover[1], cover[2]));
    unsigned set = 0;
    for (unsigned c = 0; c < 3; c++)
        set |= cover[c] > 0 && cover[c] >= most / 2 ? 1U << c : 0;
    return most > 0 ? pack(set_color(set, line), most) : 0;
}

/* The histogram. */

static double scaled(double count, bool log)
{
    return log ? log1p(count) : sqrt(count);
}

/* The counts as they are drawn. A look of 8 bits leaves values empty, every second one
 * where it doubles the contrast, and the graph would show these gaps. So each bin but
 * the ends is a mean of those around it, nearer ones with more weight. */
typedef struct Heights {
    double bins[3][HISTOGRAM_BINS];
} Heights;

enum { AROUND = 4 }; /* bins on either side */

static double mean_around(const uint32_t *bins, int at)
{
    double sum = 0, all = 0;
    for (int i = -AROUND; i <= AROUND; i++) {
        int weight = AROUND + 1 - abs(i);
        if (at + i < 1 || at + i > HISTOGRAM_BINS - 2)
            continue;
        sum += weight * (double)bins[at + i];
        all += weight;
    }
    return sum / all;
}

static void find_heights(const Histogram *histogram, Heights *heights)
{
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < HISTOGRAM_BINS; i++) {
            bool end = i == 0 || i == HISTOGRAM_BINS - 1;
            const uint32_t *bins = histogram->bins[c];
            heights->bins[c][i] = end ? bins[i] : mean_around(bins, i);
        }
}

/* Of the bins between the ends; of the ends if there is nothing between them. */
static double highest(const Heights *heights)
{
    double inner = 0, outer = 1;
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < HISTOGRAM_BINS; i++) {
            double n = heights->bins[c][i];
            if (i == 0 || i == HISTOGRAM_BINS - 1)
                outer = fmax(outer, n);
            else
                inner = fmax(inner, n);
        }
    return inner > 0 ? inner : outer;
}

/* The count at column `x`: between two bins in a wide graph, the highest of several in
 * a narrow one. */
static double count_at(const double *bins, int x, int width)
{
    if (width < HISTOGRAM_BINS) {
        int end = (x + 1) * HISTOGRAM_BINS / width;
        double most = 0;
        for (int i = x * HISTOGRAM_BINS / width; i < end; i++)
            most = fmax(most, bins[i]);
        return most;
    }
    double at = width > 1 ? (double)x * (HISTOGRAM_BINS - 1) / (width - 1) : 0;
    int left = (int)at, right = left + 1 < HISTOGRAM_BINS ? left + 1 : left;
    return bins[left] + (at - left) * (bins[right] - bins[left]);
}

void graph_histogram(const Histogram *histogram, bool log, int width, int height,
                     uint32_t *pixels)
{
    Heights heights;
    find_heights(histogram, &heights);
    double top = scaled(highest(&heights), log);
    for (int x = 0; x < width; x++) {
        double high[3], cover[3];
        for (int c = 0; c < 3; c++) {
            double count = count_at(heights.bins[c], x, width);
            high[c] = fmin(scaled(count, log) / top, 1) * height;
        }
        for (int y = 0; y < height; y++) {
            for (int c = 0; c < 3; c++)
                cover[c] = fmin(fmax(high[c] - (height - 1 - y), 0), 1);
            pixels[(size_t)y * (size_t)width + (size_t)x] = blend(cover, false);
        }
    }
}

/* The tone plot. */

/* Channel `c` as a white line whose alpha is its coverage. */
static void paint_line(const TonePlot *plot, int c, int size, int margin, double thick,
                       uint32_t *pixels)
{
    double side = size - 2 * margin, points[TONE_PLOT_POINTS][2];
    for (int i = 0; i < TONE_PLOT_POINTS; i++) {
        points[i][0] = margin + side * i / (TONE_PLOT_POINTS - 1);
        points[i][1] = margin + side * (1 - (double)plot->y[c][i]);
    }
    shape_paint_line(points, TONE_PLOT_POINTS, size, thick, pixels);
}

/* Lines that lie over each other are one gray line. */
void graph_tones(const TonePlot *plot, int size, int margin, double thick,
                 uint32_t *pixels)
{
    size_t count = (size_t)size * (size_t)size;
    uint32_t *lines = mem_new(3 * count, sizeof *lines);
    for (int c = 0; c < 3; c++)
        if (c == 0 || !plot->same)
            paint_line(plot, c, size, margin, thick, lines + (size_t)c * count);
        else
            memcpy(lines + (size_t)c * count, lines, count * sizeof *lines);
    for (size_t i = 0; i < count; i++) {
        double cover[3];
        for (size_t c = 0; c < 3; c++)
            cover[c] = (double)(lines[c * count + i] >> 24) / 255;
        pixels[i] = blend(cover, true);
    }
    mem_free(lines);
}
