#include "image/png/png_filter.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FILTERS = 5, PIXEL_MOST = 8, PIECE = 4096 };

/* Bytes of a row and their neighbours: at the same place one pixel to the left, above,
 * and above to the left. */
typedef struct Bytes {
    const uint8_t *restrict here, *restrict left, *restrict above, *restrict corner;
} Bytes;

typedef void (*filter_fn)(uint8_t *restrict dst, Bytes bytes, size_t size);

static void filter_none(uint8_t *restrict dst, Bytes bytes, size_t size)
{
    memcpy(dst, bytes.here, size);
}

static void filter_sub(uint8_t *restrict dst, Bytes bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        dst[i] = (uint8_t)(bytes.here[i] - bytes.left[i]);
}

static void filter_up(uint8_t *restrict dst, Bytes bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        dst[i] = (uint8_t)(bytes.here[i] - bytes.above[i]);
}

static void filter_average(uint8_t *restrict dst, Bytes bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        dst[i] = (uint8_t)(bytes.here[i] - (bytes.left[i] + bytes.above[i]) / 2);
}

/* Without branches, and in 16 bits, for the vector unit. */
static void filter_paeth(uint8_t *restrict dst, Bytes bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        int16_t left = bytes.left[i], above = bytes.above[i], corner = bytes.corner[i];
        int16_t by_above = (int16_t)(above - corner),
                by_left = (int16_t)(left - corner);
        int16_t both = (int16_t)abs(by_above + by_left);
        int16_t to_left = (int16_t)abs(by_above), to_above = (int16_t)abs(by_left);
        int16_t second = (int16_t)(to_above <= both ? above : corner);
        bool is_left = to_left <= to_above && to_left <= both;
        int16_t best = (int16_t)(is_left ? left : second);
        dst[i] = (uint8_t)(bytes.here[i] - best);
    }
}

/* Of the bytes as signed numbers. */
static size_t sum_of_sizes(const uint8_t *bytes, size_t size)
{
    size_t sum = 0;
    for (size_t at = 0; at < size; at += PIECE) {
        size_t end = size - at < PIECE ? size : at + PIECE;
        uint32_t piece = 0;
        for (size_t i = at; i < end; i++) {
            uint8_t negative = (uint8_t)-bytes[i];
            piece += bytes[i] < negative ? bytes[i] : negative;
        }
        sum += piece;
    }
    return sum;
}

/* The first pixel has none to its left. */
void png_filter_by(int number, uint8_t *dst, const uint8_t *row, const uint8_t *above,
                   size_t size, size_t pixel)
{
    static const filter_fn filters[FILTERS] = {filter_none, filter_sub, filter_up,
                                               filter_average, filter_paeth};
    static const uint8_t nothing[PIXEL_MOST];
    filter_fn filter = filters[number];
    *dst++ = (uint8_t)number;
    filter(dst, (Bytes){row, nothing, above, nothing}, pixel);
    filter(dst + pixel, (Bytes){row + pixel, row, above + pixel, above}, size - pixel);
}

void png_filter_row(uint8_t *dst, const uint8_t *row, const uint8_t *above, size_t size,
                    size_t pixel, uint8_t *spare)
{
    uint8_t *best = dst, *other = spare;
    size_t least = SIZE_MAX;
    for (int number = 0; number < FILTERS; number++) {
        png_filter_by(number, other, row, above, size, pixel);
        size_t sum = sum_of_sizes(other + 1, size);
        if (sum >= least)
            continue;
        uint8_t *beaten = best;
        best = other;
        other = beaten;
        least = sum;
    }
    if (best != dst)
        memcpy(dst, best, size + 1);
}
