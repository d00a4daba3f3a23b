#include "image/codec/sketch.h"

#include <string.h>

enum { STEP_LEAST = 4 };

int sketch_step(ImageInfo full, int least)
{
    int longer = full.width > full.height ? full.width : full.height;
    int step = longer / least;
    return step < STEP_LEAST ? 0 : step;
}

static int smaller(int size, int step)
{
    return (size - 1) / step + 1;
}

ImageInfo sketch_info(ImageInfo full, int step)
{
    full.width = smaller(full.width, step);
    full.height = smaller(full.height, step);
    return full;
}

int sketch_row(ImageInfo full, int step, int y, int number)
{
    int from = y * step, left = full.height - from;
    int rows = left < step ? left : step;
    return from + rows * (1 + 2 * number) / 4;
}

static inline unsigned sample(const uint8_t *row, size_t i, bool wide)
{
    uint16_t value;
    if (!wide)
        return row[i];
    memcpy(&value, row + 2 * i, sizeof value);
    return value;
}

static inline void put(uint8_t *row, size_t i, bool wide, uint64_t value)
{
    uint16_t narrow = (uint16_t)value;
    if (wide)
        memcpy(row + 2 * i, &narrow, sizeof narrow);
    else
        row[i] = (uint8_t)value;
}

/* The mean of `count` pixels of both rows from pixel `x` on. */
static inline void mean(const uint8_t *const rows[2], size_t x, size_t count,
                        size_t channels, bool wide, uint8_t *out, size_t at)
{
    for (size_t c = 0; c < channels; c++) {
        uint64_t sum = count;
        for (size_t i = x; i < x + count; i++)
            sum += sample(rows[0], i * channels + c, wide) +
                   sample(rows[1], i * channels + c, wide);
        put(out, at * channels + c, wide, sum / (2 * count));
    }
}

static inline void means(ImageInfo full, int step, const uint8_t *const rows[2],
                         size_t channels, bool wide, uint8_t *out)
{
    size_t width = (size_t)full.width, most = (size_t)step, at = 0;
    for (size_t x = 0; x < width; x += most) {
        size_t left = width - x;
        mean(rows, x, left < most ? left : most, channels, wide, out, at++);
    }
}

void sketch_mean(ImageInfo full, int step, const uint8_t *const rows[2], uint8_t *out)
{
    bool wide = full.depth == 16;
    if (full.channels == 3) /* the usual number, as a constant */
        means(full, step, rows, 3, wide, out);
    else
        means(full, step, rows, (size_t)full.channels, wide, out);
}
