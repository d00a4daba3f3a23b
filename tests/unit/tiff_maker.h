/* tiff_maker — TIFF files of every layout, written by libtiff itself, and what must
 * come out of them.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_TIFF_MAKER_H
#define LUTIST_TESTS_UNIT_TIFF_MAKER_H

#include <stdbool.h>

#include <tiffio.h>

#include "image/image.h"

/* Zeros mean: little endian, strips of one row, no compression, chunky samples. */
typedef struct Maker {
    int width, height;
    int samples, bits;
    uint16_t photometric;
    int extra; /* extra samples, all of kind `meaning` */
    uint16_t meaning;
    bool undeclared; /* no tag for them */
    bool separate;
    int tile;       /* pixels a side; 0: strips */
    int strip_rows; /* 0: 1 */
    uint16_t compression, predictor, fill_order, orientation;
    const char *mode; /* NULL: "wl" */
} Maker;

unsigned maker_sample(const Maker *m, int x, int y, int s);
void maker_set_fields(TIFF *tiff, const Maker *m);
void maker_write_pixels(TIFF *tiff, const Maker *m);
/* Write what `m` describes. */
void make_tiff(const char *path, const Maker *m);
unsigned maker_expected(const Maker *m, int x, int y, int c);
unsigned sample_of(const Image *image, int x, int y, int c);
/* The file gives what its maker meant. */
void assert_made(const char *path, const Maker *m);

#endif
