#include "pipe/program/run_halved.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/convert/halve_image.h"

/* A band's result at least: it stays in a second-level cache with its source. */
enum { BAND_BYTES = 96 * 1024, SIZES = RUN_HALVED_MOST + 1 };

typedef struct Bands {
    /* immutable while workers run */
    const Program *program;
    const Image *src;
    Image *dst;
    int halvings;
    int rows;             /* of the source, a band */
    size_t memory[SIZES]; /* bytes of a band's result after so many halvings */
} Bands;

/* The rows of `image` from `y` on, in its memory. */
static Image rows_of(const Image *image, int y, int count)
{
    Image part = {.info = image->info, .stride = image->stride};
    part.info.height = image->info.height - y < count ? image->info.height - y : count;
    part.data = image_row(image, y);
    return part;
}

/* A band's result in `memory`, after no halving. */
static Image map_band(const Bands *bands, int y, uint8_t *memory)
{
    Image src = rows_of(bands->src, y, bands->rows);
    ImageInfo info = program_output(bands->program, src.info);
    Image out = {.info = info, .stride = image_row_bytes(info), .data = memory};
    run_rows(bands->program, src.info, src.data, src.stride, out.data, out.stride,
             info.height);
    return out;
}

static Image halved_band(const Image *band, uint8_t *memory)
{
    ImageInfo info = halve_image_info(band->info);
    Image half = {.info = info, .stride = image_row_bytes(info), .data = memory};
    halve_image_rows(band, &half, 0, info.height, NULL, NULL);
    return half;
}

static void run_band(void *arg, int index)
{
    const Bands *bands = arg;
    int y = index * bands->rows, last = bands->halvings;
    size_t total = 0;
    for (int i = 0; i < last; i++)
        total += bands->memory[i];
    uint8_t *memory = mem_grow(NULL, total, 1), *at = memory;
    Image band = map_band(bands, y, at);
    for (int i = 1; i < last; i++)
        band = halved_band(&band, at += bands->memory[i - 1]);
    Image into = rows_of(bands->dst, y >> last, bands->rows >> last);
    halve_image_rows(&band, &into, 0, into.info.height, NULL, NULL);
    mem_free(memory);
}

static void plan_memory(Bands *bands)
{
    ImageInfo info = program_output(bands->program, bands->src->info);
    bands->rows = 1 << bands->halvings;
    while ((size_t)bands->rows * image_row_bytes(info) < BAND_BYTES)
        bands->rows *= 2;
    info.height = bands->rows;
    for (int i = 0; i <= bands->halvings; i++, info = halve_image_info(info))
        bands->memory[i] = image_row_bytes(info) * (size_t)info.height;
}

bool run_image_halved(const Program *program, const Image *src, Image *dst,
                      int halvings, Pool *pool, Cancel *cancel)
{
    Bands bands = {.program = program, .src = src, .dst = dst, .halvings = halvings};
    if (!halvings)
        return run_image(program, src, dst, pool, cancel);
    REQUIRE(halvings <= RUN_HALVED_MOST);
    plan_memory(&bands);
    int count = (src->info.height + bands.rows - 1) / bands.rows;
    return pool_for(pool, count, run_band, &bands, cancel);
}
