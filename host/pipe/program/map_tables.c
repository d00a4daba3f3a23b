#include "pipe/program/kinds.h"

static LutLayout layout_of(const Program *program, int channels)
{
    static const LutLayout gray_to_rgb[] = {LUT_X1TO3, LUT_X2TO4};
    if (program->kind == PROGRAM_TABLES && channels <= 2)
        return gray_to_rgb[channels - 1];
    if (program->kind == PROGRAM_TABLE && channels == 3)
        return LUT_X1;
    return (LutLayout)(LUT_X1 + channels - 1);
}

void map_tables(const Program *program, int channels, bool stream, const uint8_t *src,
                uint8_t *dst, size_t pixels)
{
    LutLayout layout = layout_of(program, channels);
    const Kernels *k = program->kernels;
    const lut1d_fn *kernels = stream ? k->lut1d.u8_stream : k->lut1d.u8;
    if (program->depth == 16)
        kernels = stream ? k->lut1d.u16_stream : k->lut1d.u16;
    size_t n = layout == LUT_X1 ? pixels * (size_t)channels : pixels;
    kernels[layout](dst, src, n, (const void *const *)program->tables);
}
