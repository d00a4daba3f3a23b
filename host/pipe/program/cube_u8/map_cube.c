#include "pipe/program/kinds.h"

void map_cube(const Program *program, int channels, bool stream, const uint8_t *src,
              uint8_t *dst, size_t pixels)
{
    (void)stream;
    program->kernels->lut3d_u8.pixels[channels - 3](dst, src, pixels,
                                                    &program->cube->table);
}
