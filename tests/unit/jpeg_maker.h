/* jpeg_maker — JPEG files of every coding, written by libjpeg itself.
 *
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_JPEG_MAKER_H
#define LUTIST_TESTS_UNIT_JPEG_MAKER_H

#include <stdbool.h>
#include <stdint.h>
/* jpeglib.h needs stdio.h before it. */
#include <stdio.h>

#include <jpeglib.h>

typedef struct JpegMaker {
    J_COLOR_SPACE from, to; /* of the rows, and in the file */
    int channels;           /* of the rows */
    bool progressive;
    unsigned restart; /* MCUs; 0: no markers */
    bool arithmetic;
    const jpeg_scan_info *scans; /* NULL: libjpeg's own */
    int n_scans;
} JpegMaker;

/* Write pixels of 8 bits a sample, `stride` bytes from row to row, with quality 100. */
void make_jpeg(const char *path, JpegMaker maker, int width, int height,
               const uint8_t *rows, size_t stride);

#endif
