#include "pipe/program/kinds.h"

void map_matrix(const Program *program, int channels, bool stream, const uint8_t *src,
                uint8_t *dst, size_t pixels)
{
    const MatrixU8Kernels *k = &program->kernels->matrix_u8;
    (stream ? k->stream : k->pixels)[channels - 3](dst, src, pixels, program->matrix);
}
