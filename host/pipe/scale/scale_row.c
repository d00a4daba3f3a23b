#include "pipe/scale/scale_row.h"

#include <string.h>

#include "kernels.h"

/* A pixel's channels side by side; what lies behind them means nothing. */
typedef float Pixel __attribute__((vector_size(16)));
typedef int Samples __attribute__((vector_size(16)));

static inline Pixel divide_by_alpha(Pixel pixel, int channels)
{
    float alpha = pixel[channels - 1];
    for (int c = 0; c < channels - 1; c++)
        pixel[c] = alpha > 0 ? pixel[c] / alpha : 0;
    return pixel;
}

/* Some weights are negative: a sum may pass both ends. */
static inline Samples round_to(Pixel pixel, int max)
{
    const Pixel half = {0.5F, 0.5F, 0.5F, 0.5F};
    Samples above = pixel > 0; /* all bits, or none */
    pixel = (Pixel)((Samples)pixel & above) + half;
    Samples samples = __builtin_convertvector(pixel, Samples);
    Samples over = pixel > (float)max; /* a sample may not fit an int */
    return (samples & ~over) | (max & over);
}

/* `channels` and `depth` are constants where this is inlined. */
static inline void put(const float *pixels, int width, uint8_t *out, int channels,
                       int depth)
{
    for (int x = 0; x < width; x++, pixels += WEIGH_LANES) {
        Pixel pixel;
        memcpy(&pixel, pixels, sizeof pixel);
        if (channels % 2 == 0)
            pixel = divide_by_alpha(pixel, channels);
        Samples samples = round_to(pixel, (1 << depth) - 1);
        for (int c = 0; c < channels; c++, out += depth / 8)
            if (depth == 8)
                *out = (uint8_t)samples[c];
            else
                *(uint16_t *)(void *)out = (uint16_t)samples[c];
    }
}

#define DEFINE_PUT(CHANNELS)                                                           \
    static void put_##CHANNELS(const float *pixels, ImageInfo info, uint8_t *out)      \
    {                                                                                  \
        if (info.depth == 8)                                                           \
            put(pixels, info.width, out, CHANNELS, 8);                                 \
        else                                                                           \
            put(pixels, info.width, out, CHANNELS, 16);                                \
    }

DEFINE_PUT(1)
DEFINE_PUT(2)
DEFINE_PUT(3)
DEFINE_PUT(4)

size_t scale_row_slack(const ScaleAxis *columns, int channels)
{
    return (size_t)columns->taps * (size_t)channels + WEIGH_LANES;
}

void scale_row_put(const ScaleAxis *columns, const float *sums, float *pixels,
                   ImageInfo info, uint8_t *out)
{
    static void (*const puts[])(const float *, ImageInfo,
                                uint8_t *) = {NULL, put_1, put_2, put_3, put_4};
    const float *origin = sums - (ptrdiff_t)columns->low * info.channels;
    kernels_at(cpu_level())
        ->weigh.pixels(pixels, origin, info.channels, columns->first, columns->weights,
                       columns->taps, (size_t)info.width);
    puts[info.channels](pixels, info, out);
}
