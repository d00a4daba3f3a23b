#include "bench/bench_picture.h"

/* A value that rises and falls over the picture, from 0 to 65,535. */
static uint32_t slope(uint32_t at)
{
    return (at & 0xFFFF) ^ (at & 0x10000 ? 0xFFFF : 0);
}

static uint32_t sample(uint32_t x, uint32_t y, uint32_t channel, uint32_t random)
{
    return slope(x * 11 + y * 7 + channel * 9000) * 63 / 64 + (random >> 22);
}

void bench_picture_fill(uint8_t *data, size_t stride, ImageInfo info, bool noise)
{
    uint32_t random = 12345;
    uint32_t channels = (uint32_t)info.channels,
             count = (uint32_t)info.width * channels;
    for (uint32_t y = 0; y < (uint32_t)info.height; y++) {
        uint8_t *row = data + y * stride;
        for (uint32_t i = 0; i < count; i++) {
            random = random * 1664525u + 1013904223u;
            uint32_t value =
                noise ? random >> 16 : sample(i / channels, y, i % channels, random);
            if (info.depth == 8)
                row[i] = (uint8_t)(value >> 8);
            else
                ((uint16_t *)(void *)row)[i] = (uint16_t)value;
        }
    }
}
