/* palette — the colours of an indexed image.
 *
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_BITMAP_PALETTE_H
#define LUTIST_IMAGE_BITMAP_PALETTE_H

#include "image/image.h"

enum { PALETTE_MAX = 256 };

typedef struct Palette {
    uint8_t colours[PALETTE_MAX][4]; /* red, green, blue, alpha */
    int first;                       /* the index of the first of them */
    int count;
    bool has_alpha;
} Palette;

/* 1 where all colours are gray, else 3; and one more for alpha. */
int palette_channels(const Palette *palette);

/* `count` pixels for `indices`. Fails: ERR_FILE for an index without a colour. */
bool palette_put(const Palette *palette, const uint8_t *indices, int count,
                 uint8_t *pixels, Err *err);

/* One index a byte from `bits` (1, 2, 4 or 8) each, the highest bits first. */
void palette_unpack(const uint8_t *packed, int bits, int count, uint8_t *indices);

#endif
