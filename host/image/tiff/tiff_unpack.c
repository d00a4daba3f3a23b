#include "image/tiff/tiff_unpack.h"

#include <string.h>

/* Pixels at a time; a multiple of 8, so that each time begins at a whole byte. */
enum { CHUNK = 256, WHOLE = 65535 };

/* `count` samples of `bits` from the first bit of `from` on, every `step` of `to`. */
static void spread(const uint8_t *from, int bits, size_t count, uint16_t *to,
                   size_t step)
{
    uint32_t held = 0; /* bits read and not yet used, in its lowest n_held */
    int n_held = 0;
    for (size_t i = 0; i < count; i++, to += step) {
        for (; n_held < bits; n_held += 8)
            held = held << 8 | *from++;
        n_held -= bits;
        *to = (uint16_t)(held >> n_held & ((1u << bits) - 1));
    }
}

static void spread_16(const uint8_t *from, size_t count, uint16_t *to, size_t step)
{
    for (size_t i = 0; i < count; i++, to += step)
        memcpy(to, from + 2 * i, sizeof *to);
}

static void spread_plane(const uint8_t *from, int bits, size_t count, uint16_t *to,
                         size_t step)
{
    if (bits == 16) /* libtiff has put them into this machine's byte order */
        spread_16(from, count, to, step);
    else
        spread(from, bits, count, to, step);
}

/* From 0 to `max` to 0 to `top`, rounded. */
static uint16_t scale(uint32_t value, uint32_t max, uint32_t top)
{
    return max == top ? (uint16_t)value : (uint16_t)((value * top + max / 2) / max);
}

static uint32_t divide(uint32_t value, uint32_t alpha, uint32_t top)
{
    uint32_t plain = alpha ? (value * top + alpha / 2) / alpha : 0;
    return plain < top ? plain : top;
}

/* The conversion without a profile: ink takes light away. */
static void inks_to_rgb(const uint16_t *inks, uint16_t *rgb, uint32_t top)
{
    for (int c = 0; c < 3; c++)
        rgb[c] = (uint16_t)(((top - inks[c]) * (top - inks[3]) + top / 2) / top);
}

/* One pixel, scaled to 0 … top but for an index. */
static void make_colour(const TiffLayout *l, const uint16_t *in, uint16_t *out,
                        uint32_t top)
{
    uint32_t max = (1u << l->bits) - 1;
    uint16_t inks[4];
    switch (l->kind) {
    case TIFF_GRAY:
        out[0] = scale(in[0], max, top);
        break;
    case TIFF_PALETTE:
        for (int c = 0; c < 3; c++)
            out[c] = (uint16_t)(l->palette[c][in[0]] >> l->palette_shift);
        break;
    case TIFF_INKS:
        if (l->inks)
            max = WHOLE;
        for (int c = 0; c < 4; c++)
            inks[c] = scale(in[c], max, top);
        if (l->inks)
            memcpy(out, inks, 3 * sizeof *out);
        else
            inks_to_rgb(inks, out, top);
        break;
    case TIFF_RGB:
    case TIFF_YCBCR:
        for (int c = 0; c < 3; c++)
            out[c] = scale(in[c], max, top);
        break;
    }
}

static void make_pixel(const TiffLayout *l, const uint16_t *in, uint16_t *out,
                       uint32_t top)
{
    int colours = l->info.channels - (l->alpha != 0);
    make_colour(l, in, out, top);
    if (l->alpha)
        out[colours] = scale(in[l->alpha], (1u << l->bits) - 1, top);
    for (int c = 0; c < colours; c++) {
        if (l->premultiplied)
            out[c] = (uint16_t)divide(out[c], out[colours], top);
        if (l->inverted)
            out[c] = (uint16_t)(top - out[c]);
    }
}

static void put(uint8_t *dst, int depth, const uint16_t *pixel, int channels)
{
    if (depth == 16)
        memcpy(dst, pixel, 2 * (size_t)channels);
    else
        for (int c = 0; c < channels; c++)
            dst[c] = (uint8_t)pixel[c];
}

/* Inks become RGB by the profile, in their places, 0 to WHOLE. */
static void convert_inks(const TiffLayout *l, uint16_t *samples, size_t count)
{
    uint16_t inks[CHUNK * 4], rgb[CHUNK * 3];
    uint32_t max = (1u << l->bits) - 1;
    size_t n = (size_t)l->samples;
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < 4; c++)
            inks[4 * i + c] = scale(samples[i * n + c], max, WHOLE);
    profile_transform_inks(l->inks, inks, rgb, count);
    for (size_t i = 0; i < count; i++)
        memcpy(samples + i * n, rgb + 3 * i, 3 * sizeof *rgb);
}

static void unpack_chunk(const TiffLayout *l, const uint8_t *const *row, size_t start,
                         size_t count, uint8_t *dst)
{
    uint16_t samples[CHUNK * TIFF_SAMPLES_MAX] = {0}, pixel[4] = {0};
    size_t n = (size_t)l->samples, bits = (size_t)l->bits;
    uint32_t top = l->info.depth == 16 ? 65535 : 255;
    if (l->separate)
        for (size_t s = 0; s < n; s++)
            spread_plane(row[s] + start * bits / 8, l->bits, count, samples + s, n);
    else
        spread_plane(row[0] + start * n * bits / 8, l->bits, count * n, samples, 1);
    if (l->inks)
        convert_inks(l, samples, count);
    size_t bytes = (size_t)l->info.channels * (size_t)l->info.depth / 8;
    for (size_t i = 0; i < count; i++) {
        make_pixel(l, samples + i * n, pixel, top);
        put(dst + i * bytes, l->info.depth, pixel, l->info.channels);
    }
}

/* Are stored rows already in the final form? */
static bool is_ours(const TiffLayout *l)
{
    return (l->kind == TIFF_GRAY || l->kind == TIFF_RGB) && !l->separate &&
           !l->premultiplied && !l->inverted && l->bits == l->info.depth &&
           l->samples == l->info.channels;
}

void tiff_unpack_row(const TiffLayout *layout, const uint8_t *const *row, int count,
                     uint8_t *dst)
{
    size_t bytes = (size_t)layout->info.channels * (size_t)layout->info.depth / 8;
    size_t pixels = (size_t)count;
    if (is_ours(layout)) {
        memcpy(dst, row[0], pixels * bytes);
        return;
    }
    for (size_t done = 0; done < pixels; done += CHUNK) {
        size_t some = pixels - done < CHUNK ? pixels - done : CHUNK;
        unpack_chunk(layout, row, done, some, dst + done * bytes);
    }
}
