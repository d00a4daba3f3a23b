#include "viewer/screen/screen_pixels.h"

#include "base/mem.h"
#include "pipe/convert/convert_image_depth.h"
#include "pipe/convert/pack_pixels.h"

enum { STRIP = 32, DARK_SQUARE = 0x66, LIGHT_SQUARE = 0x99, PATTERN = 16 };

typedef struct Conversion {
    const Image *image;
    const ScreenLook *look;
    uint32_t *out;
} Conversion;

/* A row's thresholds: what is added to a 16-bit sample × 255 before the division. */
typedef struct Thresholds {
    uint32_t at[PATTERN];
} Thresholds;

/* The bits of x ^ y and y, the lowest first: neighbours are far from each other. */
static uint32_t bayer(unsigned x, unsigned y)
{
    uint32_t order = 0;
    for (unsigned bit = 0; bit < 4; bit++)
        order = order << 2 | ((x ^ y) >> bit & 1) << 1 | (y >> bit & 1);
    return order;
}

static Thresholds thresholds_of(int y)
{
    Thresholds row;
    for (unsigned x = 0; x < PATTERN; x++)
        row.at[x] = bayer(x, (unsigned)y % PATTERN) * 256 + 128;
    return row;
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

/* Alpha is dithered like the colours. */
static void dither(const uint16_t *in, int y, ImageInfo info, uint8_t *row)
{
    Thresholds thresholds = thresholds_of(y);
    for (int x = 0; x < info.width; x++)
        for (int c = 0; c < info.channels; c++, in++)
            *row++ = (uint8_t)((*in * 255u + thresholds.at[x % PATTERN]) / 65535u);
}

static void any(const Checker *checker, ImageInfo info, const uint8_t *row, int y,
                uint32_t *out)
{
    bool alpha = image_has_alpha(info), color = info.channels >= 3;
    int odd = square(y, checker->y, checker->size);
    for (int x = 0; x < info.width; x++) {
        int at = x * info.channels;
        unsigned r = row[at];
        unsigned g = color ? row[at + 1] : r;
        unsigned b = color ? row[at + 2] : r;
        if (alpha) {
            unsigned a = row[at + info.channels - 1];
            unsigned below = (square(x, checker->x, checker->size) ^ odd) ? LIGHT_SQUARE
                                                                          : DARK_SQUARE;
            r = over(r, a, below);
            g = over(g, a, below);
            b = over(b, a, below);
        }
        out[x] = pack(r, g, b);
    }
}

/* A step of 8 bits is 257 of 16. */
static void split(const uint16_t *in, ScreenLayer layer, size_t count, uint8_t *row)
{
    for (size_t i = 0; i < count; i++)
        row[i] = (uint8_t)(layer == SCREEN_STEPS ? in[i] / 257u
                                                 : (in[i] % 257u * 255 + 128) / 257u);
}

/* Row `y` of the image, of 8 bits, or as 8 bits in `memory`. */
static const uint8_t *shallow_row(const Conversion *conversion, int y, uint8_t *memory)
{
    ImageInfo info = conversion->image->info;
    void *own = image_row(conversion->image, y);
    if (info.depth == 8)
        return own;
    size_t samples = (size_t)info.width * (size_t)info.channels;
    if (conversion->look->layer != SCREEN_ROUNDED)
        split(own, conversion->look->layer, samples, memory);
    else if (conversion->look->dither)
        dither(own, y, info, memory);
    else
        convert_samples_to_u8(memory, own, samples);
    return memory;
}

static void convert_row(const Conversion *conversion, ImageInfo info,
                        const uint8_t *row, int y)
{
    uint32_t *out = conversion->out + (size_t)y * (size_t)info.width;
    if (info.channels == 3)
        pack_rgb(out, row, (size_t)info.width);
    else
        any(&conversion->look->checker, info, row, y, out);
}

static void strip(void *arg, int index)
{
    const Conversion *conversion = arg;
    ImageInfo info = conversion->image->info;
    int end = (index + 1) * STRIP < info.height ? (index + 1) * STRIP : info.height;
    uint8_t *memory = info.depth == 8 ? NULL : mem_new(image_row_bytes(info), 1);
    for (int y = index * STRIP; y < end; y++)
        convert_row(conversion, info, shallow_row(conversion, y, memory), y);
    mem_free(memory);
}

bool screen_pixels_convert(const Image *image, const ScreenLook *look, uint32_t *out,
                           Pool *pool, Cancel *cancel)
{
    Conversion conversion = {image, look, out};
    if (!pool_for(pool, (image->info.height + STRIP - 1) / STRIP, strip, &conversion,
                  cancel))
        return false;
    return !look->marked ||
           clip_marks_paint(image, clip_limits(look->clip, image->info.depth),
                            look->marks, out, pool, cancel);
}
