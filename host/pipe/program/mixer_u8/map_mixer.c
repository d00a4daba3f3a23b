#include "pipe/program/kinds.h"

void map_mixer(const Program *program, int channels, bool stream, const uint8_t *src,
               uint8_t *dst, size_t pixels)
{
    enum { STRIP = 2048 };
    uint32_t found[STRIP];
    const MixerTables *mixer = program->mixer;
    size_t pixel = (size_t)channels;
    const MixerKernels *k = &program->kernels->mixer;
    if (!mixer->has_marks) {
        const mixer_fn *curve = stream ? k->curve_stream : k->curve_u8;
        (mixer->curve ? curve : k->u8)[channels - 3](dst, src, pixels, mixer);
        return;
    }
    for (size_t i = 0; i < pixels; i += STRIP) {
        size_t n = pixels - i < STRIP ? pixels - i : STRIP;
        const uint8_t *from = src + i * pixel;
        uint8_t *to = dst + i * pixel;
        size_t count = k->marked_u8[channels - 3](to, from, n, mixer, found);
        map_found(program, channels, from, to, found, count);
    }
}
