/* png_filter — the five filters of PNG, and which of them suits a row.
 *
 * The choice is libpng's heuristic: the filter whose results, taken as signed bytes,
 * have the smallest sum of absolute values; of equal ones the first.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PNG_PNG_FILTER_H
#define LUTIST_IMAGE_PNG_PNG_FILTER_H

#include <stddef.h>
#include <stdint.h>

/* Filter the `size` bytes of `row` into dst, which gets the filter's number and then
 * `size` bytes. `above` is the row above it (zeros for the first), `pixel` the bytes of
 * a pixel, 1 to 8, and `size` a multiple of it. `spare` has room for `size` + 1 bytes.
 * Nothing overlaps. */
void png_filter_row(uint8_t *dst, const uint8_t *row, const uint8_t *above, size_t size,
                    size_t pixel, uint8_t *spare);

/* The same with the filter of that number: 0 for none, 1 for the pixel to the left. */
void png_filter_by(int number, uint8_t *dst, const uint8_t *row, const uint8_t *above,
                   size_t size, size_t pixel);

#endif
