/* pack_options — how tightly pixels are packed, and how a JPEG file is laid out.
 *
 * Zeros are the defaults. An option of another format than the one that is written
 * changes nothing, so a folder of several formats can have all of them.
 * Threads: immutable while a file is written.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_PACK_OPTIONS_H
#define LUTIST_IMAGE_PACK_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"

/* A JPEG quality: the input's quantisation tables and subsampling, where it is a JPEG
 * file; else the default. */
enum { QUALITY_KEEP = -1 };

typedef struct PackOptions {
    int depth;               /* 8: 16 bits are rounded; 0, 16: they stay */
    int level;               /* PNG, TIFF with deflate: 1 to 9; 0: the default */
    const char *compression; /* TIFF: "none", "lzw" or "deflate", which NULL is */
    const char *predictor;   /* TIFF: "none" or "horizontal", which NULL is */
    bool progressive;        /* JPEG: several scans, each of the whole picture */
    bool optimize;           /* JPEG: Huffman tables for this picture */
    int restart;             /* JPEG: rows of blocks between markers; 0: none */
} PackOptions;

/* Are the words known? Fails: ERR_USAGE, which names the option. */
bool pack_options_check(const PackOptions *options, Err *err);

#endif
