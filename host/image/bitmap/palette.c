#include "image/bitmap/palette.h"

#include <string.h>

static bool is_gray(const Palette *p)
{
    for (int i = 0; i < p->count; i++)
        if (p->colours[i][0] != p->colours[i][1] ||
            p->colours[i][1] != p->colours[i][2])
            return false;
    return true;
}

int palette_channels(const Palette *palette)
{
    return (is_gray(palette) ? 1 : 3) + palette->has_alpha;
}

bool palette_put(const Palette *palette, const uint8_t *indices, int count,
                 uint8_t *pixels, Err *err)
{
    int channels = palette_channels(palette);
    size_t colours = channels <= 2 ? 1 : 3;
    for (int x = 0; x < count; x++) {
        int at = indices[x] - palette->first;
        if (at < 0 || at >= palette->count)
            return err_set(err, ERR_FILE, "damaged: colour %d is not in the palette",
                           indices[x]);
        memcpy(pixels, palette->colours[at], colours);
        pixels += colours;
        if (palette->has_alpha)
            *pixels++ = palette->colours[at][3];
    }
    return true;
}

void palette_unpack(const uint8_t *packed, int bits, int count, uint8_t *indices)
{
    int in_byte = 8 / bits, mask = (1 << bits) - 1;
    for (int x = 0; x < count; x++) {
        int shift = 8 - bits * (x % in_byte + 1);
        indices[x] = (uint8_t)(packed[x / in_byte] >> shift & mask);
    }
}
