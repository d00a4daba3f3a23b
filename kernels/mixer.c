/* The scalar reference of mixer.h. */
#include "mixer.h"

static inline void mix(uint8_t *d, const uint8_t *s, size_t n, const MixerTables *t,
                       size_t channels)
{
    const uint64_t mask = ((uint64_t)1 << t->bits) - 1;
    const int shift = MIXER_LANE - t->bits;
    const uint8_t *red = t->out[0], *green = t->out[1], *blue = t->out[2];
    for (size_t i = 0; i < n; i++, d += channels, s += channels) {
        uint64_t sum = t->in[0][s[0]] + t->in[1][s[1]] + t->in[2][s[2]];
        if (channels == 4)
            d[3] = s[3];
        d[0] = red[sum >> shift & mask];
        d[1] = green[sum >> (shift + MIXER_LANE) & mask];
        d[2] = blue[sum >> (shift + 2 * MIXER_LANE) & mask];
    }
}

static void lk_mixer_u8x3_c(uint8_t *dst, const uint8_t *src, size_t n,
                            const MixerTables *tables)
{
    mix(dst, src, n, tables, 3);
}

static void lk_mixer_u8x4_c(uint8_t *dst, const uint8_t *src, size_t n,
                            const MixerTables *tables)
{
    mix(dst, src, n, tables, 4);
}

/* `found` is written for every pixel, but its count rises for marked ones only: no
 * branch. */
static inline size_t mix_marked(uint8_t *d, const uint8_t *s, size_t n,
                                const MixerTables *t, size_t channels, uint32_t *found)
{
    const uint64_t mask = ((uint64_t)1 << t->bits) - 1;
    const int shift = MIXER_LANE - t->bits;
    const uint16_t *red = t->marked[0], *green = t->marked[1], *blue = t->marked[2];
    size_t count = 0;
    for (size_t i = 0; i < n; i++, d += channels, s += channels) {
        uint64_t sum = t->in[0][s[0]] + t->in[1][s[1]] + t->in[2][s[2]];
        unsigned r = red[sum >> shift & mask];
        unsigned g = green[sum >> (shift + MIXER_LANE) & mask];
        unsigned b = blue[sum >> (shift + 2 * MIXER_LANE) & mask];
        if (channels == 4)
            d[3] = s[3];
        d[0] = (uint8_t)r;
        d[1] = (uint8_t)g;
        d[2] = (uint8_t)b;
        found[count] = (uint32_t)i;
        count += (r | g | b) >> 8;
    }
    return count;
}

static size_t lk_mixer_marked_u8x3_c(uint8_t *dst, const uint8_t *src, size_t n,
                                     const MixerTables *tables, uint32_t *found)
{
    return mix_marked(dst, src, n, tables, 3, found);
}

static size_t lk_mixer_marked_u8x4_c(uint8_t *dst, const uint8_t *src, size_t n,
                                     const MixerTables *tables, uint32_t *found)
{
    return mix_marked(dst, src, n, tables, 4, found);
}

void mixer_fill_c(MixerKernels *kernels)
{
    kernels->marked_u8[0] = lk_mixer_marked_u8x3_c;
    kernels->marked_u8[1] = lk_mixer_marked_u8x4_c;
    kernels->u8[0] = lk_mixer_u8x3_c;
    kernels->u8[1] = lk_mixer_u8x4_c;
}
