/* The scalar reference of mixer.h. */
#include "mixer.h"

static inline void mix(uint8_t *d, const uint8_t *s, size_t n, const MixerTables *t,
                       size_t channels)
{
    const uint64_t mask = ((uint64_t)1 << t->bits) - 1;
    const int lane = t->lane, shift = lane - t->bits;
    const uint8_t *red = t->out[0], *green = t->out[1], *blue = t->out[2];
    for (size_t i = 0; i < n; i++, d += channels, s += channels) {
        uint64_t sum = t->in[0][s[0]] + t->in[1][s[1]] + t->in[2][s[2]];
        if (channels == 4)
            d[3] = s[3];
        d[0] = red[sum >> shift & mask];
        d[1] = green[sum >> (shift + lane) & mask];
        d[2] = blue[sum >> (shift + 2 * lane) & mask];
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
    const int lane = t->lane, shift = lane - t->bits;
    const uint16_t *red = t->marked[0], *green = t->marked[1], *blue = t->marked[2];
    size_t count = 0;
    for (size_t i = 0; i < n; i++, d += channels, s += channels) {
        uint64_t sum = t->in[0][s[0]] + t->in[1][s[1]] + t->in[2][s[2]];
        unsigned r = red[sum >> shift & mask];
        unsigned g = green[sum >> (shift + lane) & mask];
        unsigned b = blue[sum >> (shift + 2 * lane) & mask];
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
    kernels->u8[0] = kernels->curve_u8[0] = kernels->curve_stream[0] = lk_mixer_u8x3_c;
    kernels->u8[1] = kernels->curve_u8[1] = kernels->curve_stream[1] = lk_mixer_u8x4_c;
}

static int word(const MixerWords *words, unsigned i)
{
    return (int16_t)(words->low[i] | words->high[i] << 8);
}

int mixer_curve_value(const MixerCurve *curve, unsigned x)
{
    unsigned narrow = x >> curve->fine;
    bool fine = curve->fine < MIXER_COARSE && narrow < MIXER_PIECES;
    unsigned i = fine ? narrow : x >> MIXER_COARSE;
    int part = (int16_t)(x << 3) * word(&curve->slope[fine], i) >> 16;
    return (int16_t)(word(&curve->base[fine], i) + part);
}

void mixer_curve_entries(const MixerCurve *curve, uint8_t *out)
{
    for (unsigned sum = 0; sum < 1u << MIXER_MOST_BITS; sum++) {
        unsigned x = sum > curve->zero ? sum - curve->zero : 0;
        int value = mixer_curve_value(curve, x) >> MIXER_FRACTION;
        out[sum] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}
