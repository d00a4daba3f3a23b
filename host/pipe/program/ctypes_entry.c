#include "pipe/program/ctypes_entry.h"

#include <string.h>

#include "pipe/program/run.h"

enum { PARTS = 3, BLOCK = 256, MOST_CHANNELS = 4 };

/* n samples, each `step` behind the one before, through a table; NULL copies them. */
#define DEFINE_LOOK_UP(BITS)                                                           \
    static void look_up_u##BITS(void *dst, size_t dst_step, const void *src,           \
                                size_t src_step, size_t n, const void *table)          \
    {                                                                                  \
        uint##BITS##_t *d = dst;                                                       \
        const uint##BITS##_t *s = src, *t = table;                                     \
        for (size_t i = 0; i < n; i++, d += dst_step, s += src_step)                   \
            *d = t ? t[*s] : *s;                                                       \
    }

DEFINE_LOOK_UP(8)
DEFINE_LOOK_UP(16)

/* One row; the result has `made` channels. */
static void map_channel(const Program *program, int part, int channels, int made,
                        size_t width, const uint8_t *src, uint8_t *dst)
{
    size_t sample = (size_t)program->depth / 8, in = (size_t)channels,
           out = (size_t)made;
    void (*look_up)(void *, size_t, const void *, size_t, size_t, const void *) =
        program->depth == 8 ? look_up_u8 : look_up_u16;
    size_t from = channels > 2 ? (size_t)part : 0;
    look_up(dst + (size_t)part * sample, out, src + from * sample, in, width,
            program->tables[part]);
    if (part == 0 && channels == 2)
        look_up(dst + 3 * sample, out, src + sample, in, width, NULL);
}

static void gather(uint8_t *block, const uint8_t *row, size_t n, size_t pixel)
{
    for (size_t i = 0; i < n; i++)
        memcpy(block + i * pixel, row + i * PARTS * pixel, pixel);
}

static void scatter(uint8_t *row, const uint8_t *block, size_t n, size_t pixel)
{
    for (size_t i = 0; i < n; i++)
        memcpy(row + i * PARTS * pixel, block + i * pixel, pixel);
}

/* One row in place. */
static void map_pixels(const Program *program, int part, int channels, int width,
                       uint8_t *row)
{
    uint16_t from[BLOCK * MOST_CHANNELS], to[BLOCK * MOST_CHANNELS];
    size_t pixel = (size_t)channels * (size_t)program->depth / 8;
    for (int x = part; x < width; x += BLOCK * PARTS) {
        int n = (width - x + PARTS - 1) / PARTS;
        n = n < BLOCK ? n : BLOCK;
        ImageInfo info = {n, 1, channels, program->depth};
        uint8_t *at = row + (size_t)x * pixel;
        gather((uint8_t *)from, at, (size_t)n, pixel);
        run_rows(program, info, (uint8_t *)from, sizeof from, (uint8_t *)to, sizeof to,
                 1);
        scatter(at, (uint8_t *)to, (size_t)n, pixel);
    }
}

void lutist_map_third(const Program *program, int part, int channels, int width,
                      int rows, const uint8_t *src, size_t src_stride, uint8_t *dst,
                      size_t dst_stride)
{
    ImageInfo in = {width, rows, channels, program->depth};
    int made = program_output(program, in).channels;
    bool colours = program->tables[0] && made > 2;
    for (int y = 0; y < rows; y++, src += src_stride, dst += dst_stride)
        if (colours)
            map_channel(program, part, channels, made, (size_t)width, src, dst);
        else
            map_pixels(program, part, channels, width, dst);
}
