#include "pipe/program/run_halved.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/convert/halve_image.h"

/* A band's result at least: it stays in a second-level cache with its source. */
enum { BAND_BYTES = 96 * 1024 };

typedef struct Bands {
    /* immutable while workers run */
    const Program *program;
    const Image *src;
    Image *dst;
    int halvings;
    bool through;  /* the first halving reads the source */
    int rows;      /* of the source, a band */
    size_t memory; /* bytes of what a band becomes before it is in dst */
} Bands;

/* The rows of `image` from `y` on, in its memory. */
static Image rows_of(const Image *image, int y, int count)
{
    Image part = {.info = image->info, .stride = image->stride};
    part.info.height = image->info.height - y < count ? image->info.height - y : count;
    part.data = image_row(image, y);
    return part;
}

static Image image_in(uint8_t **memory, ImageInfo info)
{
    Image image = {.info = info, .stride = image_row_bytes(info), .data = *memory};
    *memory += image.stride * (size_t)info.height;
    return image;
}

static Image map_band(const Bands *bands, const Image *src, uint8_t **memory)
{
    Image out = image_in(memory, program_output(bands->program, src->info));
    run_rows(bands->program, src->info, src->data, src->stride, out.data, out.stride,
             out.info.height);
    return out;
}

/* Room for `band` when it is halved once more: the last time in dst. */
static Image room_for_half(const Bands *bands, int y, const Image *band, int halvings,
                           uint8_t **memory)
{
    if (halvings == bands->halvings)
        return rows_of(bands->dst, y >> halvings, bands->rows >> halvings);
    return image_in(memory, halve_image_info(band->info));
}

static const void *const *tables_of(const Program *program)
{
    return (const void *const *)program->tables;
}

static void run_band(void *arg, int index)
{
    const Bands *bands = arg;
    int y = index * bands->rows;
    uint8_t *memory = mem_grow(NULL, bands->memory, 1), *at = memory;
    Image band = rows_of(bands->src, y, bands->rows);
    if (!bands->through)
        band = map_band(bands, &band, &at);
    for (int i = 1; i <= bands->halvings; i++) {
        Image half = room_for_half(bands, y, &band, i, &at);
        if (bands->through && i == 1)
            halve_image_through(&band, tables_of(bands->program), &half);
        else
            halve_image_rows(&band, &half, 0, half.info.height, NULL, NULL);
        band = half;
    }
    mem_free(memory);
}

/* Tables that give as many samples as they get need no mapped rows to be halved. */
static bool is_through(const Program *program, ImageInfo info)
{
    ImageInfo out = program_output(program, info);
    bool tables = program->kind == PROGRAM_TABLE || program->kind == PROGRAM_TABLES;
    return tables && out.channels == info.channels &&
           halve_image_is_through(info, tables_of(program));
}

static void plan_memory(Bands *bands)
{
    ImageInfo info = program_output(bands->program, bands->src->info);
    bands->rows = 1 << bands->halvings;
    while ((size_t)bands->rows * image_row_bytes(info) < BAND_BYTES)
        bands->rows *= 2;
    info.height = bands->rows;
    for (int i = 0; i < bands->halvings; i++, info = halve_image_info(info))
        if (i > 0 || !bands->through)
            bands->memory += image_row_bytes(info) * (size_t)info.height;
}

bool run_image_halved(const Program *program, const Image *src, Image *dst,
                      int halvings, Pool *pool, Cancel *cancel)
{
    Bands bands = {.program = program,
                   .src = src,
                   .dst = dst,
                   .halvings = halvings,
                   .through = is_through(program, src->info)};
    if (!halvings)
        return run_image(program, src, dst, pool, cancel);
    REQUIRE(halvings <= RUN_HALVED_MOST);
    plan_memory(&bands);
    int count = (src->info.height + bands.rows - 1) / bands.rows;
    return pool_for(pool, count, run_band, &bands, cancel);
}
