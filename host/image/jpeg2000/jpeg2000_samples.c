#include "image/jpeg2000/jpeg2000_samples.h"

#include <string.h>

static uint32_t top_of(ImageInfo info)
{
    return info.depth == 8 ? UINT8_MAX : UINT16_MAX;
}

static uint32_t within(uint32_t at, uint32_t from, uint32_t count)
{
    at = at < from ? 0 : at - from;
    return at < count ? at : count - 1;
}

/* A component with fewer samples has one for several pixels. */
static const OPJ_INT32 *component_row(const opj_image_t *image,
                                      const opj_image_comp_t *part, int y)
{
    uint32_t row = within((image->y0 + (uint32_t)y) / part->dy, part->y0, part->h);
    return part->data + (size_t)row * part->w;
}

static uint32_t spread(const opj_image_comp_t *part, int64_t value, uint32_t top)
{
    int64_t most = ((int64_t)1 << part->prec) - 1;
    if (part->sgnd)
        value += (most + 1) / 2;
    value = value < 0 ? 0 : value > most ? most : value;
    return (uint32_t)(((uint64_t)value * top + (uint64_t)most / 2) / (uint64_t)most);
}

static void put(const Jpeg2000Samples *s, uint8_t *row, size_t at, uint32_t value)
{
    uint16_t two = (uint16_t)value;
    if (s->info.depth == 8)
        row[at] = (uint8_t)value;
    else
        memcpy(row + 2 * at, &two, sizeof two);
}

static void fill_channel(const Jpeg2000Samples *s, int channel, int y, uint8_t *row)
{
    const opj_image_t *image = s->image;
    const opj_image_comp_t *part = &image->comps[s->component[channel]];
    const OPJ_INT32 *from = component_row(image, part, y);
    uint32_t top = top_of(s->info);
    for (uint32_t x = 0; x < (uint32_t)s->info.width; x++) {
        uint32_t column = within((image->x0 + x) / part->dx, part->x0, part->w);
        put(s, row, (size_t)x * (size_t)s->info.channels + (size_t)channel,
            spread(part, from[column], top));
    }
}

static double get(const Jpeg2000Samples *s, const uint8_t *row, size_t at)
{
    uint16_t two;
    if (s->info.depth == 8)
        return row[at];
    memcpy(&two, row + 2 * at, sizeof two);
    return two;
}

static uint32_t rounded(double value, double top)
{
    return (uint32_t)(value < 0 ? 0 : value > top ? top : value + 0.5);
}

/* Luma and colour differences to RGB, by the weights of JFIF. */
static void to_rgb(const Jpeg2000Samples *s, uint8_t *row)
{
    double top = top_of(s->info), middle = (top + 1) / 2;
    for (size_t x = 0, at = 0; x < (size_t)s->info.width;
         x++, at += (size_t)s->info.channels) {
        double luma = get(s, row, at);
        double blue = get(s, row, at + 1) - middle, red = get(s, row, at + 2) - middle;
        put(s, row, at, rounded(luma + 1.402 * red, top));
        put(s, row, at + 1, rounded(luma - 0.344136 * blue - 0.714136 * red, top));
        put(s, row, at + 2, rounded(luma + 1.772 * blue, top));
    }
}

void jpeg2000_samples_row(const Jpeg2000Samples *samples, int y, uint8_t *row)
{
    for (int channel = 0; channel < samples->info.channels; channel++)
        fill_channel(samples, channel, y, row);
    if (samples->is_ycc)
        to_rgb(samples, row);
}
