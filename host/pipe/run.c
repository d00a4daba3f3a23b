#include "pipe/run.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* A tile's source bytes: small enough for a second-level cache beside its result. */
enum { TILE_BYTES = 128 * 1024 };

/* Source and result together larger than this come from memory and go back to it, so
 * stores past the caches save reading the lines that are to be overwritten. */
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
    const Kernels *k = &program->kernels;
    const lut1d_fn *kernels = program->depth == 16 ? k->lut1d_u16
                              : stream             ? k->lut1d_u8_stream
                                                   : k->lut1d_u8;
    size_t n = layout == LUT_X1 ? pixels * (size_t)channels : pixels;
    kernels[layout](dst, src, n, (const void *const *)program->tables);
}

static uint16_t load_sample(const uint8_t *p, int depth, size_t i)
{
    return depth == 8 ? p[i] : ((const uint16_t *)(const void *)p)[i];
}

static void store_sample(uint8_t *p, int depth, size_t i, uint16_t value)
{
    if (depth == 8)
        p[i] = (uint8_t)value;
    else
        ((uint16_t *)(void *)p)[i] = value;
}

static void map_float(const Program *program, int channels, const uint8_t *src,
                      uint8_t *dst, size_t pixels)
{
    int depth = program->depth;
    double most = program->plan->levels - 1;
    for (size_t i = 0; i < pixels * (size_t)channels; i += (size_t)channels) {
        uint16_t in[3];
        double out[3];
        for (size_t c = 0; c < 3; c++)
            in[c] = load_sample(src, depth, i + c);
        plan_eval(program->plan, in, out);
        for (size_t c = 0; c < 3; c++) {
            double v = fmin(fmax(out[c], 0.0), 1.0);
            store_sample(dst, depth, i + c, (uint16_t)floor(v * most + 0.5));
        }
        if (channels == 4)
            store_sample(dst, depth, i + 3, load_sample(src, depth, i + 3));
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
    case PROGRAM_FLOAT:
        map_float(program, in.channels, src, dst, pixels);
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

Image *run_new(const Program *program, const Image *src, Pool *pool, Cancel *cancel,
               Err *err)
{
    Image *dst = image_new(program_output(program, src->info), err);
    if (!dst)
        return NULL;
    dst->meta = meta_copy(src->meta);
    if (run_image(program, src, dst, pool, cancel))
        return dst;
    err_set(err, ERR_CANCELLED, "stopped");
    image_unref(&dst);
    return NULL;
}
