/* gif_lzw — the compressed indices of a GIF frame.
 *
 * Threads: pure; the file belongs to the caller and its position moves.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_GIF_GIF_LZW_H
#define LUTIST_IMAGE_GIF_GIF_LZW_H

#include "image/codec/source.h"
#include <stddef.h>
#include <stdint.h>

/* No code's string is longer; a code takes two bytes at most. */
enum { GIF_LZW_LONGEST = 4096 };

/* The file stands at the byte before the first data block. Fails: ERR_FILE where the
 * data are damaged or end before `count` indices. */
bool gif_lzw_decode(const Source *source, uint8_t *indices, size_t count, Err *err);

#endif
