#include "viewer/scope/histogram.h"

#include <string.h>

#include "base/mem.h"

/* Parts that are counted at a time; each has a histogram of its own. */
enum { PARTS = 16 };

typedef struct Count {
    const Image *image;
    ClipLimits limits;
    Histogram *parts;
} Count;

static unsigned sample(const uint8_t *row, int depth, int index)
{
    return depth == 8 ? row[index] : ((const uint16_t *)(const void *)row)[index];
}

/* The layout of most photographs: clipped samples follow from the bins. */
static void count_rgb8(const uint8_t *row, int width, Histogram *histogram)
{
    for (int x = 0; x < width; x++, row += 3) {
        histogram->bins[0][row[0]]++;
        histogram->bins[1][row[1]]++;
        histogram->bins[2][row[2]]++;
    }
    histogram->pixels += (uint64_t)width;
}

static void count_any(const Count *count, const uint8_t *row, Histogram *histogram)
{
    ImageInfo info = count->image->info;
    bool alpha = image_has_alpha(info), color = info.channels >= 3;
    for (int x = 0; x < info.width; x++) {
        int at = x * info.channels;
        if (alpha && sample(row, info.depth, at + info.channels - 1) == 0)
            continue;
        for (int c = 0; c < (color ? 3 : 1); c++) {
            unsigned value = sample(row, info.depth, at + c);
            histogram->bins[c][value >> (info.depth - 8)]++;
            histogram->low[c] += value <= count->limits.low;
            histogram->high[c] += value >= count->limits.high;
        }
        histogram->pixels++;
    }
}

static void count_part(void *arg, int index)
{
    const Count *count = arg;
    ImageInfo info = count->image->info;
    int start = (int)((int64_t)info.height * index / PARTS);
    int end = (int)((int64_t)info.height * (index + 1) / PARTS);
    for (int y = start; y < end; y++) {
        const uint8_t *row = image_row(count->image, y);
        if (info.channels == 3 && info.depth == 8)
            count_rgb8(row, info.width, &count->parts[index]);
        else
            count_any(count, row, &count->parts[index]);
    }
}

static void add(Histogram *sum, const Histogram *part)
{
    for (int c = 0; c < 3; c++) {
        for (int i = 0; i < HISTOGRAM_BINS; i++)
            sum->bins[c][i] += part->bins[c][i];
        sum->low[c] += part->low[c];
        sum->high[c] += part->high[c];
    }
    sum->pixels += part->pixels;
}

static void clipped_from_bins(Histogram *histogram, ClipLimits limits)
{
    for (int c = 0; c < 3; c++)
        for (unsigned i = 0; i < HISTOGRAM_BINS; i++) {
            histogram->low[c] += i <= limits.low ? histogram->bins[c][i] : 0;
            histogram->high[c] += i >= limits.high ? histogram->bins[c][i] : 0;
        }
}

static void spread_gray(Histogram *histogram)
{
    histogram->gray = true;
    for (int c = 1; c < 3; c++) {
        memcpy(histogram->bins[c], histogram->bins[0], sizeof histogram->bins[0]);
        histogram->low[c] = histogram->low[0];
        histogram->high[c] = histogram->high[0];
    }
}

bool histogram_count(const Image *image, ClipLimits limits, Pool *pool, Cancel *cancel,
                     Histogram *out)
{
    ImageInfo info = image->info;
    Count count = {image, limits, mem_new(PARTS, sizeof(Histogram))};
    bool whole = pool_for(pool, PARTS, count_part, &count, cancel);
    if (whole) {
        *out = (Histogram){0};
        for (int i = 0; i < PARTS; i++)
            add(out, &count.parts[i]);
        if (info.channels == 3 && info.depth == 8)
            clipped_from_bins(out, limits);
        if (info.channels < 3)
            spread_gray(out);
    }
    mem_free(count.parts);
    return whole;
}

static double share(uint64_t part, const Histogram *histogram)
{
    return histogram->pixels ? (double)part / (double)histogram->pixels : 0;
}

double histogram_low(const Histogram *histogram, int channel)
{
    return share(histogram->low[channel], histogram);
}

double histogram_high(const Histogram *histogram, int channel)
{
    return share(histogram->high[channel], histogram);
}
