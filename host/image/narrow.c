#include "image/narrow.h"

#include <string.h>

static uint8_t to_8(const uint8_t *sample)
{
    uint16_t value;
    memcpy(&value, sample, sizeof value);
    return (uint8_t)((value * 255u + 32767u) / 65535u);
}

static void narrow_16(uint8_t *dst, int channels, const uint8_t *src, ImageInfo from)
{
    size_t kept = 2 * (size_t)channels, step = 2 * (size_t)from.channels;
    for (int x = 0; x < from.width; x++, src += step)
        for (size_t at = 0; at < kept; at += 2)
            *dst++ = to_8(src + at);
}

static void drop_alpha(uint8_t *dst, ImageInfo to, const uint8_t *src, ImageInfo from)
{
    size_t sample = (size_t)from.depth / 8;
    size_t kept = (size_t)to.channels * sample, step = (size_t)from.channels * sample;
    for (int x = 0; x < from.width; x++, dst += kept, src += step)
        memcpy(dst, src, kept);
}

void narrow_row(uint8_t *dst, ImageInfo to, const uint8_t *src, ImageInfo from)
{
    if (to.depth < from.depth)
        narrow_16(dst, to.channels, src, from);
    else if (to.channels < from.channels)
        drop_alpha(dst, to, src, from);
    else
        memcpy(dst, src, image_row_bytes(from));
}
