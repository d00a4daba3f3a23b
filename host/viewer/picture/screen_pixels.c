#include "viewer/picture/screen_pixels.h"

enum { STRIP = 32, DARK_SQUARE = 0x66, LIGHT_SQUARE = 0x99 };

typedef struct Conversion {
    const Image *image;
    Checker checker;
    uint32_t *out;
} Conversion;

static unsigned sample(const uint8_t *row, int depth, int index)
{
    if (depth == 8)
        return row[index];
    return (((const uint16_t *)row)[index] * 255u + 32895u) >> 16;
}

static int square(int at, int origin, int size)
{
    int shifted = (at - origin) % (2 * size);
    return (shifted < 0 ? shifted + 2 * size : shifted) >= size;
}

static unsigned over(unsigned color, unsigned alpha, unsigned below)
{
    return (color * alpha + below * (255 - alpha) + 127) / 255;
}

static uint32_t pack(unsigned r, unsigned g, unsigned b)
{
    return 0xff000000u | r << 16 | g << 8 | b;
}

/* The two layouts of photographs, without a branch a sample. */
static void rgb8(const uint8_t *row, uint32_t *out, int width)
{
    for (int x = 0; x < width; x++, row += 3)
        out[x] = pack(row[0], row[1], row[2]);
}

static void rgb16(const uint8_t *row, uint32_t *out, int width)
{
    const uint16_t *in = (const uint16_t *)row;
    for (int x = 0; x < width; x++, in += 3)
        out[x] = pack((in[0] * 255u + 32895u) >> 16, (in[1] * 255u + 32895u) >> 16,
                      (in[2] * 255u + 32895u) >> 16);
}

static void any(const Conversion *conversion, const uint8_t *row, int y, uint32_t *out)
{
    ImageInfo info = conversion->image->info;
    bool alpha = image_has_alpha(info), color = info.channels >= 3;
    int odd = square(y, conversion->checker.y, conversion->checker.size);
    for (int x = 0; x < info.width; x++) {
        int at = x * info.channels;
        unsigned r = sample(row, info.depth, at);
        unsigned g = color ? sample(row, info.depth, at + 1) : r;
        unsigned b = color ? sample(row, info.depth, at + 2) : r;
        if (alpha) {
            unsigned a = sample(row, info.depth, at + info.channels - 1);
            unsigned below =
                (square(x, conversion->checker.x, conversion->checker.size) ^ odd)
                    ? LIGHT_SQUARE
                    : DARK_SQUARE;
            r = over(r, a, below);
            g = over(g, a, below);
            b = over(b, a, below);
        }
        out[x] = pack(r, g, b);
    }
}

static void strip(void *arg, int index)
{
    const Conversion *conversion = arg;
    ImageInfo info = conversion->image->info;
    int end = (index + 1) * STRIP < info.height ? (index + 1) * STRIP : info.height;
    for (int y = index * STRIP; y < end; y++) {
        const uint8_t *row = image_row(conversion->image, y);
        uint32_t *out = conversion->out + (size_t)y * (size_t)info.width;
        if (info.channels == 3)
            (info.depth == 8 ? rgb8 : rgb16)(row, out, info.width);
        else
            any(conversion, row, y, out);
    }
}

bool screen_pixels_convert(const Image *image, Checker checker, uint32_t *out,
                           Pool *pool, Cancel *cancel)
{
    Conversion conversion = {image, checker, out};
    return pool_for(pool, (image->info.height + STRIP - 1) / STRIP, strip, &conversion,
                    cancel);
}
