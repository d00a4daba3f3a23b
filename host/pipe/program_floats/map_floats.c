#include "pipe/program/kinds.h"

enum { STRIP = 2048 };

void map_floats(const Program *program, int channels, bool stream, const uint8_t *src,
                uint8_t *dst, size_t pixels)
{
    const Lut3dF32Kernels *k = &program->kernels->lut3d_f32;
    const lut3d_f32_fn *runs = program->depth == 8 ? k->u8
                               : stream            ? k->u16_stream
                                                   : k->u16;
    lut3d_f32_fn run = runs[channels - 3];
    size_t pixel = (size_t)channels * (size_t)program->depth / 8;
    uint32_t found[STRIP];
    for (size_t i = 0; i < pixels; i += STRIP) {
        const uint8_t *from = src + i * pixel;
        uint8_t *to = dst + i * pixel;
        size_t n = pixels - i < STRIP ? pixels - i : STRIP;
        size_t count = run(to, from, n, &program->floats->chain, found);
        map_found(program, channels, from, to, found, count);
    }
}
