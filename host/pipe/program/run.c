#include "pipe/program/run.h"

#include <string.h>

#include "base/mem.h"

/* A tile's source bytes: tile and result fit into a second-level cache. */
enum { TILE_BYTES = 128 * 1024 };

/* Source and result larger than this come from memory and go back to it. Stores that
 * bypass the caches then save reading the lines that will be overwritten. */
enum { STREAM_BYTES = 16 * 1024 * 1024 };

static LutLayout layout_of(const Program *program, int channels)
{
    static const LutLayout gray_to_rgb[] = {LUT_X1TO3, LUT_X2TO4};
    if (program->kind == PROGRAM_TABLES && channels <= 2)
        return gray_to_rgb[channels - 1];
    if (program->kind == PROGRAM_TABLE && channels == 3)
        return LUT_X1;
    return (LutLayout)(LUT_X1 + channels - 1);
}

static void map_tables(const Program *program, int channels, bool stream,
                       const uint8_t *src, uint8_t *dst, size_t pixels)
{
    LutLayout layout = layout_of(program, channels);
    const Kernels *k = program->kernels;
    const lut1d_fn *kernels = stream ? k->lut1d.u8_stream : k->lut1d.u8;
    if (program->depth == 16)
        kernels = stream ? k->lut1d.u16_stream : k->lut1d.u16;
    size_t n = layout == LUT_X1 ? pixels * (size_t)channels : pixels;
    kernels[layout](dst, src, n, (const void *const *)program->tables);
}

/* Pixels that go through the planes at a time: a block stays in the first-level cache.
 */
enum { BLOCK = 256 };

typedef void (*eval_fn)(const Plan *plan, const Kernels *kernels,
                        double *const planes[3], size_t n);

static void map_planes(const Program *program, eval_fn eval, int channels,
                       const uint8_t *src, uint8_t *dst, size_t pixels)
{
    const Kernels *k = program->kernels;
    const Plan *plan = program->plan;
    const double *const tones[3] = {plan->tone[0], plan->tone[1], plan->tone[2]};
    size_t deep = program->depth == 16, pixel = (size_t)channels << deep;
    double red[BLOCK], green[BLOCK], blue[BLOCK];
    double *const planes[3] = {red, green, blue};
    for (size_t i = 0; i < pixels; i += BLOCK) {
        size_t n = pixels - i < BLOCK ? pixels - i : BLOCK;
        k->planes.fetch[deep](planes, src + i * pixel, n, channels, tones);
        eval(plan, k, planes, n);
        k->planes.store[deep](dst + i * pixel, (const double *const *)planes, n,
                              channels, src + i * pixel);
    }
}

void run_exact(const Program *program, int channels, const uint8_t *src, uint8_t *dst,
               size_t pixels)
{
    map_planes(program, plan_exact, channels, src, dst, pixels);
}

/* Work out the pixels that the mixer has found marked. */
static void mend(const Program *program, size_t channels, const uint8_t *src,
                 uint8_t *dst, const uint32_t *found, size_t count)
{
    uint8_t from[4 * BLOCK], to[4 * BLOCK];
    for (size_t i = 0; i < count; i += BLOCK) {
        size_t n = count - i < BLOCK ? count - i : BLOCK;
        for (size_t k = 0; k < n; k++)
            memcpy(from + k * channels, src + found[i + k] * channels, channels);
        run_exact(program, (int)channels, from, to, n);
        for (size_t k = 0; k < n; k++)
            memcpy(dst + found[i + k] * channels, to + k * channels, channels);
    }
}

static void map_mixer(const Program *program, int channels, const uint8_t *src,
                      uint8_t *dst, size_t pixels)
{
    enum { STRIP = 2048 };
    uint32_t found[STRIP];
    const MixerTables *mixer = program->mixer;
    size_t pixel = (size_t)channels;
    if (!mixer->has_marks) {
        program->kernels->mixer.u8[channels - 3](dst, src, pixels, mixer);
        return;
    }
    for (size_t i = 0; i < pixels; i += STRIP) {
        size_t n = pixels - i < STRIP ? pixels - i : STRIP;
        const uint8_t *from = src + i * pixel;
        uint8_t *to = dst + i * pixel;
        size_t count =
            program->kernels->mixer.marked_u8[channels - 3](to, from, n, mixer, found);
        mend(program, pixel, from, to, found, count);
    }
}

static void map_pixels(const Program *program, ImageInfo in, bool stream,
                       const uint8_t *src, uint8_t *dst, size_t pixels)
{
    switch (program->kind) {
    case PROGRAM_IDENTITY:
        memcpy(dst, src, pixels * (size_t)in.channels * (size_t)in.depth / 8);
        break;
    case PROGRAM_TABLE:
    case PROGRAM_TABLES:
        map_tables(program, in.channels, stream, src, dst, pixels);
        break;
    case PROGRAM_MIXER:
        map_mixer(program, in.channels, src, dst, pixels);
        break;
    case PROGRAM_PLANES:
        map_planes(program, plan_eval, in.channels, src, dst, pixels);
        break;
    }
}

static void map_rows(const Program *program, ImageInfo in, bool stream,
                     const uint8_t *src, size_t src_stride, uint8_t *dst,
                     size_t dst_stride, int count)
{
    size_t width = (size_t)in.width;
    bool packed = src_stride == image_row_bytes(in) &&
                  dst_stride == image_row_bytes(program_output(program, in));
    if (packed) {
        map_pixels(program, in, stream, src, dst, width * (size_t)count);
        return;
    }
    for (int y = 0; y < count; y++)
        map_pixels(program, in, stream, src + (size_t)y * src_stride,
                   dst + (size_t)y * dst_stride, width);
}

static void require_fit(const Program *program, ImageInfo in)
{
    REQUIRE(in.depth == program->depth);
    REQUIRE(program->gray == (in.channels <= 2));
}

void run_rows(const Program *program, ImageInfo in, const uint8_t *src,
              size_t src_stride, uint8_t *dst, size_t dst_stride, int count)
{
    require_fit(program, in);
    map_rows(program, in, false, src, src_stride, dst, dst_stride, count);
}

typedef struct Tiles {
    const Program *program;
    const Image *src;
    Image *dst;
    int rows; /* a tile */
    bool stream;
} Tiles;

static void run_tile(void *arg, int index)
{
    const Tiles *tiles = arg;
    ImageInfo in = tiles->src->info;
    int y = index * tiles->rows;
    int count = in.height - y < tiles->rows ? in.height - y : tiles->rows;
    map_rows(tiles->program, in, tiles->stream, image_row(tiles->src, y),
             tiles->src->stride, image_row(tiles->dst, y), tiles->dst->stride, count);
}

bool run_image(const Program *program, const Image *src, Image *dst, Pool *pool,
               Cancel *cancel)
{
    ImageInfo in = src->info, out = program_output(program, in);
    require_fit(program, in);
    REQUIRE(memcmp(&dst->info, &out, sizeof out) == 0);
    int rows = (int)(TILE_BYTES / src->stride);
    Tiles tiles = {
        .program = program,
        .src = src,
        .dst = dst,
        .rows = rows ? rows : 1,
        .stream = (src->stride + dst->stride) * (size_t)in.height > STREAM_BYTES,
    };
    int count = (in.height + tiles.rows - 1) / tiles.rows;
    return pool_for(pool, count, run_tile, &tiles, cancel);
}

Image *run_new(const Program *program, Image *src, Image **spare, Pool *pool,
               Cancel *cancel, Err *err)
{
    require_fit(program, src->info);
    if (program->kind == PROGRAM_IDENTITY)
        return image_ref(src);
    Image *dst = image_reuse(spare, program_output(program, src->info), err);
    if (!dst)
        return NULL;
    dst->meta = meta_ref(src->meta);
    if (run_image(program, src, dst, pool, cancel))
        return dst;
    err_set(err, ERR_CANCELLED, "stopped");
    image_unref(&dst);
    return NULL;
}
