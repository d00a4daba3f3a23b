/* mixer.h with BMI: one instruction extracts a sum from its lane, four pixels a round.
 * The limit is nine loads a pixel: three indices, three columns, three results. Vectors
 * do not help, because their gathers are single loads too. */
#include <immintrin.h>

#include "mixer.h"

/* The fields that a round needs, as a copy, so that stores to dst cannot change them.
 */
typedef struct Mixer {
    const uint64_t (*in)[256];
    const uint8_t *out[3];
    const uint16_t *marked[3];
    unsigned first[3], bits; /* where each lane's index begins, and its length */
} Mixer;

static inline Mixer mixer_of(const MixerTables *t)
{
    Mixer m = {.in = t->in, .bits = (unsigned)t->bits};
    for (unsigned c = 0; c < 3; c++) {
        m.out[c] = t->out[c];
        m.marked[c] = t->marked[c];
        m.first[c] = (unsigned)t->lane * (c + 1) - m.bits;
    }
    return m;
}

static inline void mix_pixel(uint8_t *d, const uint8_t *s, const Mixer *m,
                             size_t channels)
{
    uint64_t sum = m->in[0][s[0]] + m->in[1][s[1]] + m->in[2][s[2]];
    uint8_t alpha = channels == 4 ? s[3] : 0;
    d[0] = m->out[0][_bextr_u64(sum, m->first[0], m->bits)];
    d[1] = m->out[1][_bextr_u64(sum, m->first[1], m->bits)];
    d[2] = m->out[2][_bextr_u64(sum, m->first[2], m->bits)];
    if (channels == 4)
        d[3] = alpha;
}

static inline void mix(uint8_t *d, const uint8_t *s, size_t n, const MixerTables *t,
                       size_t channels)
{
    const Mixer m = mixer_of(t);
    const size_t four = 4 * channels;
    size_t i = 0;
    for (; i + 4 <= n; i += 4, d += four, s += four)
        for (size_t k = 0; k < four; k += channels)
            mix_pixel(d + k, s + k, &m, channels);
    for (; i < n; i++, d += channels, s += channels)
        mix_pixel(d, s, &m, channels);
}

static void lk_mixer_u8x3_avx2(uint8_t *dst, const uint8_t *src, size_t n,
                               const MixerTables *tables)
{
    mix(dst, src, n, tables, 3);
}

static void lk_mixer_u8x4_avx2(uint8_t *dst, const uint8_t *src, size_t n,
                               const MixerTables *tables)
{
    mix(dst, src, n, tables, 4);
}

/* `found` is written for every pixel, but its count rises for marked ones only: no
 * branch. */
static inline size_t mix_marked(uint8_t *d, const uint8_t *s, size_t n,
                                const MixerTables *t, size_t channels, uint32_t *found)
{
    const Mixer m = mixer_of(t);
    size_t count = 0;
    for (size_t i = 0; i < n; i++, d += channels, s += channels) {
        uint64_t sum = m.in[0][s[0]] + m.in[1][s[1]] + m.in[2][s[2]];
        uint8_t alpha = channels == 4 ? s[3] : 0;
        unsigned r = m.marked[0][_bextr_u64(sum, m.first[0], m.bits)];
        unsigned g = m.marked[1][_bextr_u64(sum, m.first[1], m.bits)];
        unsigned b = m.marked[2][_bextr_u64(sum, m.first[2], m.bits)];
        d[0] = (uint8_t)r;
        d[1] = (uint8_t)g;
        d[2] = (uint8_t)b;
        if (channels == 4)
            d[3] = alpha;
        found[count] = (uint32_t)i;
        count += (r | g | b) >> 8;
    }
    return count;
}

static size_t lk_mixer_marked_u8x3_avx2(uint8_t *dst, const uint8_t *src, size_t n,
                                        const MixerTables *tables, uint32_t *found)
{
    return mix_marked(dst, src, n, tables, 3, found);
}

static size_t lk_mixer_marked_u8x4_avx2(uint8_t *dst, const uint8_t *src, size_t n,
                                        const MixerTables *tables, uint32_t *found)
{
    return mix_marked(dst, src, n, tables, 4, found);
}

void mixer_fill_avx2(MixerKernels *kernels)
{
    kernels->marked_u8[0] = lk_mixer_marked_u8x3_avx2;
    kernels->marked_u8[1] = lk_mixer_marked_u8x4_avx2;
    kernels->u8[0] = lk_mixer_u8x3_avx2;
    kernels->u8[1] = lk_mixer_u8x4_avx2;
}
