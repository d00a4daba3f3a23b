#include "image/narrow.h"

#include <string.h>

enum { CHANNELS_MAX = 4 };

static uint8_t to_8(const uint8_t *sample)
{
    uint16_t value;
    memcpy(&value, sample, sizeof value);
    return (uint8_t)((value * 255u + 32767u) / 65535u);
}

/* The sample of a pixel that each stored one is taken from. */
static void choose_samples(size_t chosen[CHANNELS_MAX], int to, int from)
{
    bool widens = from <= 2 && to >= 3;
    for (int i = 0; i < CHANNELS_MAX; i++)
        chosen[i] = (size_t)(!widens ? i : i < 3 ? 0 : 1);
}

static void narrow_16(uint8_t *dst, ImageInfo to, const uint8_t *src, ImageInfo from,
                      const size_t *chosen)
{
    size_t step = 2 * (size_t)from.channels;
    for (int x = 0; x < from.width; x++, src += step)
        for (int c = 0; c < to.channels; c++)
            *dst++ = to_8(src + 2 * chosen[c]);
}

static void choose_channels(uint8_t *dst, ImageInfo to, const uint8_t *src,
                            ImageInfo from, const size_t *chosen)
{
    size_t sample = (size_t)from.depth / 8, step = (size_t)from.channels * sample;
    for (int x = 0; x < from.width; x++, src += step)
        for (int c = 0; c < to.channels; c++, dst += sample)
            memcpy(dst, src + sample * chosen[c], sample);
}

void narrow_row(uint8_t *dst, ImageInfo to, const uint8_t *src, ImageInfo from)
{
    size_t chosen[CHANNELS_MAX];
    choose_samples(chosen, to.channels, from.channels);
    if (to.depth < from.depth)
        narrow_16(dst, to, src, from, chosen);
    else if (to.channels != from.channels)
        choose_channels(dst, to, src, from, chosen);
    else
        memcpy(dst, src, image_row_bytes(from));
}
