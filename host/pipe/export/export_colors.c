#include "pipe/export/export_colors.h"

static uint16_t grid_value(size_t i)
{
    const size_t end = 8; /* dense values at either end */
    if (i >= end && i < EXPORT_GRID - end)
        return (uint16_t)(end + 5 * (i - end));
    return (uint16_t)(i < end ? i : 256 - EXPORT_GRID + i);
}

static void get(size_t number, uint16_t rgb[3])
{
    static const unsigned ramps[EXPORT_RAMPS] = {7, 1, 2, 4, 3, 6, 5}; /* bit c */
    const size_t grid = EXPORT_GRID, cube = grid * grid * grid;
    if (number < cube) {
        rgb[0] = grid_value(number % grid);
        rgb[1] = grid_value(number / grid % grid);
        rgb[2] = grid_value(number / grid / grid);
        return;
    }
    size_t ramp = (number - cube) / 256, value = (number - cube) % 256;
    for (int c = 0; c < 3; c++)
        rgb[c] = ramps[ramp] >> c & 1 ? (uint16_t)value : 0;
}

void export_colors_get(size_t first, uint16_t *const rgb[3], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint16_t color[3];
        get(first + i, color);
        for (int c = 0; c < 3; c++)
            rgb[c][i] = color[c];
    }
}
