/* export_colors — the colours at which an exported table is compared with the look.
 *
 * In steps of 8 bits: each triple of 0 to 7, 8, 13, 18, …, 243 and 248 to 255, dense
 * where looks bend most; then all grays, and the ramps from black to red, green, blue,
 * yellow, cyan and magenta.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_EXPORT_EXPORT_COLORS_H
#define LUTIST_PIPE_EXPORT_EXPORT_COLORS_H

#include <stddef.h>
#include <stdint.h>

enum {
    EXPORT_GRID = 64, /* values a channel in the triples */
    EXPORT_RAMPS = 7,
    EXPORT_COLORS = EXPORT_GRID * EXPORT_GRID * EXPORT_GRID + EXPORT_RAMPS * 256
};

/* The n colours from number `first` on; they are fewer than EXPORT_COLORS. */
void export_colors_get(size_t first, uint16_t *const rgb[3], size_t n);

#endif
