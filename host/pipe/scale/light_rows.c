#include "pipe/scale/light_rows.h"

#include <math.h>

#include "base/mem.h"

enum { MAX = 65535 };

struct LightRows {
    int depth, channels;
    uint16_t decode[MAX + 1]; /* by sample */
    uint16_t encode[MAX + 1]; /* by light */
};

static double to_light(double x)
{
    return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4);
}

static double from_light(double x)
{
    return x <= 0.0031308 ? x * 12.92 : 1.055 * pow(x, 1 / 2.4) - 0.055;
}

LightRows *light_rows_new(int depth, int channels, Err *err)
{
    LightRows *rows = mem_try(1, sizeof *rows, err);
    int max = (1 << depth) - 1;
    if (!rows)
        return NULL;
    rows->depth = depth;
    rows->channels = channels;
    for (int i = 0; i <= max; i++)
        rows->decode[i] = (uint16_t)(to_light((double)i / max) * MAX + 0.5);
    for (int i = 0; i <= MAX; i++)
        rows->encode[i] = (uint16_t)(from_light((double)i / MAX) * max + 0.5);
    return rows;
}

void light_rows_free(LightRows *rows)
{
    mem_free(rows);
}

static bool is_alpha(const LightRows *rows, int channel)
{
    return rows->channels % 2 == 0 && channel == rows->channels - 1;
}

/* One channel of a row; the others lie between its samples. */
static void decode(const LightRows *rows, int channel, const uint8_t *samples,
                   uint16_t *light, size_t n)
{
    size_t step = (size_t)rows->channels;
    const uint16_t *deep = (const uint16_t *)(const void *)samples;
    bool alpha = is_alpha(rows, channel);
    for (size_t i = (size_t)channel; i < n; i += step)
        if (rows->depth == 8)
            light[i] = alpha ? (uint16_t)(samples[i] * 257) : rows->decode[samples[i]];
        else
            light[i] = alpha ? deep[i] : rows->decode[deep[i]];
}

static void encode(const LightRows *rows, int channel, const uint16_t *light,
                   uint8_t *samples, size_t n)
{
    size_t step = (size_t)rows->channels;
    uint16_t *deep = (uint16_t *)(void *)samples;
    bool alpha = is_alpha(rows, channel);
    for (size_t i = (size_t)channel; i < n; i += step)
        if (rows->depth == 8)
            samples[i] =
                (uint8_t)(alpha ? (light[i] + 128) / 257 : rows->encode[light[i]]);
        else
            deep[i] = alpha ? light[i] : rows->encode[light[i]];
}

void light_rows_decode(const LightRows *rows, const uint8_t *samples, uint8_t *light,
                       int width)
{
    size_t n = (size_t)width * (size_t)rows->channels;
    for (int channel = 0; channel < rows->channels; channel++)
        decode(rows, channel, samples, (uint16_t *)(void *)light, n);
}

void light_rows_encode(const LightRows *rows, const uint8_t *light, uint8_t *samples,
                       int width)
{
    size_t n = (size_t)width * (size_t)rows->channels;
    for (int channel = 0; channel < rows->channels; channel++)
        encode(rows, channel, (const uint16_t *)(const void *)light, samples, n);
}
