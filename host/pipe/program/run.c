#include "pipe/program/run.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/program/kinds.h"

/* A tile's source bytes: tile and result fit into a second-level cache. */
enum { TILE_BYTES = 128 * 1024 };

/* Source and result larger than this come from memory and go back to it. Stores that
 * bypass the caches then save reading the lines that will be overwritten. */
enum { STREAM_BYTES = 16 * 1024 * 1024 };

static map_fn map_of(ProgramKind kind)
{
    static const map_fn maps[] = {
        [PROGRAM_IDENTITY] = map_identity, [PROGRAM_TABLE] = map_tables,
        [PROGRAM_TABLES] = map_tables,     [PROGRAM_MATRIX] = map_matrix,
        [PROGRAM_MIXER] = map_mixer,       [PROGRAM_CUBE] = map_cube,
        [PROGRAM_FLOATS] = map_floats,     [PROGRAM_PLANES] = map_planes,
    };
    return maps[kind];
}

static void map_rows(const Program *program, ImageInfo in, bool stream,
                     const uint8_t *src, size_t src_stride, uint8_t *dst,
                     size_t dst_stride, int count)
{
    size_t width = (size_t)in.width;
    bool packed = src_stride == image_row_bytes(in) &&
                  dst_stride == image_row_bytes(program_output(program, in));
    map_fn map = map_of(program->kind);
    if (packed) {
        map(program, in.channels, stream, src, dst, width * (size_t)count);
        return;
    }
    for (int y = 0; y < count; y++)
        map(program, in.channels, stream, src + (size_t)y * src_stride,
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
