#include "pipe/convert/halve_image.h"

#include <string.h>

#include "kernels.h"

enum { BAND_ROWS = 32, MOST_PIXEL_BYTES = 8 };

typedef struct Bands {
    const Image *source;
    Image *out;
    int from, to; /* rows of `out` */
    halve_fn fn;
    lut_halve_fn lut_fn; /* in its place, with `tables`; NULL: none */
    const void *const *tables;
} Bands;

static void halve_pixels(const Bands *bands, void *out, const void *upper,
                         const void *lower, size_t n)
{
    if (bands->lut_fn)
        bands->lut_fn(out, upper, lower, n, bands->tables);
    else
        bands->fn(out, upper, lower, n);
}

/* One row; a last column without neighbour is its own neighbour. */
static void halve_row(const Bands *bands, uint8_t *out, const uint8_t *upper,
                      const uint8_t *lower)
{
    ImageInfo info = bands->source->info;
    size_t pixel = (size_t)info.channels * (size_t)info.depth / 8;
    size_t pairs = (size_t)info.width / 2;
    halve_pixels(bands, out, upper, lower, pairs);
    if (info.width % 2 == 0)
        return;
    uint16_t edge[2][MOST_PIXEL_BYTES]; /* two pixels a row, aligned for samples */
    const uint8_t *const rows[2] = {upper, lower};
    for (int r = 0; r < 2; r++)
        for (size_t i = 0; i < 2; i++)
            memcpy((uint8_t *)edge[r] + i * pixel, rows[r] + 2 * pairs * pixel, pixel);
    halve_pixels(bands, out + pairs * pixel, edge[0], edge[1], 1);
}

static void halve_band(void *arg, int index)
{
    const Bands *bands = arg;
    int height = bands->source->info.height;
    int begin = bands->from + index * BAND_ROWS, end = begin + BAND_ROWS;
    for (int y = begin; y < end && y < bands->to; y++) {
        int below = 2 * y + 1 < height ? 2 * y + 1 : 2 * y;
        halve_row(bands, image_row(bands->out, y), image_row(bands->source, 2 * y),
                  image_row(bands->source, below));
    }
}

ImageInfo halve_image_info(ImageInfo info)
{
    info.width = info.width / 2 + info.width % 2;
    info.height = info.height / 2 + info.height % 2;
    return info;
}

static const HalveKernels *kernels(void)
{
    return &kernels_at(cpu_level())->halve;
}

static Bands bands_of(const Image *source, Image *out, int y, int count)
{
    ImageInfo info = source->info;
    const halve_fn *fns = info.depth == 8 ? kernels()->u8 : kernels()->u16;
    return (Bands){.source = source,
                   .out = out,
                   .from = y,
                   .to = y + count,
                   .fn = fns[info.channels]};
}

bool halve_image_rows(const Image *source, Image *out, int y, int count, Pool *pool,
                      Cancel *cancel)
{
    Bands bands = bands_of(source, out, y, count);
    return pool_for(pool, (count + BAND_ROWS - 1) / BAND_ROWS, halve_band, &bands,
                    cancel);
}

static bool is_one(const void *const tables[3])
{
    return tables[0] == tables[1] && tables[0] == tables[2];
}

static lut_halve_fn through(ImageInfo info, const void *const tables[3])
{
    if (info.depth == 16)
        return kernels()->lut_u16[info.channels];
    return is_one(tables) ? kernels()->lut_u8[info.channels] : NULL;
}

bool halve_image_is_through(ImageInfo info, const void *const tables[3])
{
    return through(info, tables);
}

void halve_image_through(const Image *source, const void *const tables[3], Image *out)
{
    int rows = out->info.height;
    Bands bands = bands_of(source, out, 0, rows);
    bands.lut_fn = through(source->info, tables);
    bands.tables = tables;
    REQUIRE(bands.lut_fn);
    for (int i = 0; i * BAND_ROWS < rows; i++)
        halve_band(&bands, i);
}

Image *halve_image(const Image *source, Image **spare, Pool *pool, Cancel *cancel,
                   Err *err)
{
    ImageInfo info = halve_image_info(source->info);
    Image *out = image_reuse(spare, info, err);
    if (out && !halve_image_rows(source, out, 0, info.height, pool, cancel)) {
        err_set(err, ERR_CANCELLED, "scaling was cancelled");
        image_unref(&out);
    }
    return out;
}
