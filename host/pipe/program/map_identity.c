#include <string.h>

#include "pipe/program/kinds.h"

void map_identity(const Program *program, int channels, bool stream, const uint8_t *src,
                  uint8_t *dst, size_t pixels)
{
    size_t bytes = pixels * (size_t)channels * (size_t)program->depth / 8;
    if (stream)
        program->kernels->copy.stream(dst, src, bytes);
    else
        memcpy(dst, src, bytes);
}
