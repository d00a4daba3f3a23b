/* mixer.h for tables with a curve, sixty-four pixels a round. The channels are planes
 * of bytes, so that registers hold the tables: a column's words are looked up as low
 * and as high bytes, joined and added, and a curve's pieces are looked up as words.
 * Nothing is loaded by a sample. */
#include <immintrin.h>
#include <string.h>

#include "mixer.h"
#include "x86/planes_u8_avx512.h"
#include "x86/stream_head.h"

enum { ENTRIES = 256, PIECES = 32 };

/* The bytes of the columns' words: low and high of red, of green and of blue. The last
 * two are nothing. */
typedef struct Columns {
    uint8_t byte[3][sizeof(uint64_t)][ENTRIES] __attribute__((aligned(STEP)));
} Columns;

/* Four bytes, from `first` on, of the columns of 64 samples: those from v on. */
static inline void part_bytes(uint8_t byte[][ENTRIES], const uint64_t *in, int v,
                              int first)
{
    enum { HALF = 8, SIXTEEN = 16, QUARTERS = 4 };
    uint8_t at[STEP];
    for (int i = 0; i < STEP; i++)
        at[i] = (uint8_t)(i % SIXTEEN * HALF + i / SIXTEEN + first);
    const __m512i order = _mm512_loadu_si512(at);
    __m512i x[QUARTERS]; /* of sixteen samples, four of each byte */
    in += v;
    for (int k = 0; k < QUARTERS; k++, in += SIXTEEN)
        x[k] = _mm512_permutex2var_epi8(_mm512_loadu_si512(in), order,
                                        _mm512_loadu_si512(in + HALF));
    __m512i a = _mm512_shuffle_i32x4(x[0], x[1], 0x44);
    __m512i b = _mm512_shuffle_i32x4(x[2], x[3], 0x44);
    __m512i c = _mm512_shuffle_i32x4(x[0], x[1], 0xEE);
    __m512i d = _mm512_shuffle_i32x4(x[2], x[3], 0xEE);
    _mm512_store_si512(byte[0] + v, _mm512_shuffle_i32x4(a, b, 0x88));
    _mm512_store_si512(byte[1] + v, _mm512_shuffle_i32x4(a, b, 0xDD));
    _mm512_store_si512(byte[2] + v, _mm512_shuffle_i32x4(c, d, 0x88));
    _mm512_store_si512(byte[3] + v, _mm512_shuffle_i32x4(c, d, 0xDD));
}

static void columns_fill(Columns *columns, const uint64_t in[3][ENTRIES])
{
    for (int k = 0; k < 3; k++)
        for (int v = 0; v < ENTRIES; v += STEP)
            for (int first = 0; first < 8; first += 4)
                part_bytes(&columns->byte[k][first], in[k], v, first);
}

/* Both rows of pieces in one: that of x has the number min(x >> fine, 15) + (x >>
 * MIXER_COARSE). */
typedef struct Curve {
    __m512i base, slope;
    __m512i zero, fine;
} Curve;

static inline uint16_t word(const MixerWords *words, int i)
{
    return (uint16_t)(words->low[i] | words->high[i] << 8);
}

static inline Curve curve_of(const MixerCurve *m)
{
    uint16_t base[PIECES] = {0}, slope[PIECES] = {0};
    int row = m->fine < MIXER_COARSE;
    for (int i = 0; i < MIXER_PIECES; i++) {
        int to = i + (i << m->fine >> MIXER_COARSE);
        base[to] = word(&m->base[row], i);
        slope[to] = word(&m->slope[row], i);
    }
    for (int i = MIXER_PIECES >> (MIXER_COARSE - m->fine); i < MIXER_PIECES; i++) {
        int to = MIXER_PIECES - 1 + i;
        base[to] = word(&m->base[0], i);
        slope[to] = word(&m->slope[0], i);
    }
    return (Curve){_mm512_loadu_si512(base), _mm512_loadu_si512(slope),
                   _mm512_set1_epi16((short)m->zero),
                   _mm512_set1_epi16((short)m->fine)};
}

/* The results of sums, not yet clamped. */
static inline __m512i through(const Curve *c, __m512i sum)
{
    const __m512i last = _mm512_set1_epi16(MIXER_PIECES - 1);
    __m512i x = _mm512_subs_epu16(sum, c->zero);
    __m512i i = _mm512_min_epu16(_mm512_srlv_epi16(x, c->fine), last);
    i = _mm512_add_epi16(i, _mm512_srli_epi16(x, MIXER_COARSE));
    __m512i slope = _mm512_permutexvar_epi16(i, c->slope);
    __m512i part = _mm512_mulhi_epi16(_mm512_slli_epi16(x, 3), slope);
    __m512i value = _mm512_add_epi16(_mm512_permutexvar_epi16(i, c->base), part);
    return _mm512_srai_epi16(value, MIXER_FRACTION);
}

/* The entries of samples whose top bit is in the mask `top`, or else in `low`. The
 * masked form keeps the index, so the second lookup finds the samples that the first
 * one left. */
static inline __m512i look_up(const uint8_t table[ENTRIES], __m512i x, __mmask64 low,
                              __mmask64 top)
{
    x = _mm512_mask2_permutex2var_epi8(_mm512_load_si512(table), x, low,
                                       _mm512_load_si512(table + STEP));
    return _mm512_mask2_permutex2var_epi8(_mm512_load_si512(table + 2 * STEP), x, top,
                                          _mm512_load_si512(table + 3 * STEP));
}

/* The planes of the samples become those of the result. A channel's lookups are done
 * for all lanes at once, so that few masks are in use. */
static inline void mix(__m512i plane[3], const Columns *columns, const Curve *c)
{
    __m512i first[3], second[3];
    for (int k = 0; k < 3; k++) {
        __mmask64 top = _mm512_movepi8_mask(plane[k]), low = ~top;
        for (int lane = 0; lane < 3; lane++) {
            const uint8_t(*bytes)[ENTRIES] = &columns->byte[k][2 * lane];
            __m512i l = look_up(bytes[0], plane[k], low, top);
            __m512i h = look_up(bytes[1], plane[k], low, top);
            __m512i a = _mm512_unpacklo_epi8(l, h), b = _mm512_unpackhi_epi8(l, h);
            first[lane] = k ? _mm512_add_epi16(first[lane], a) : a;
            second[lane] = k ? _mm512_add_epi16(second[lane], b) : b;
        }
    }
    for (int lane = 0; lane < 3; lane++)
        plane[lane] =
            _mm512_packus_epi16(through(c, first[lane]), through(c, second[lane]));
}

/* Both maps return the pixels they have done: whole rounds, of RGB all but the last
 * pixel at most, whose bytes are read. */
static inline size_t map_x3(uint8_t *d, const uint8_t *s, size_t n,
                            const Columns *columns, const Curve *c, bool stream)
{
    const __m512i by_1 = rotation(1), by_2 = rotation(2);
    size_t i = 0;
    for (; i + STEP < n; i += STEP, s += 3 * STEP, d += 3 * STEP) {
        __m512i plane[3];
        load_rgb(plane, s);
        mix(plane, columns, c);
        store_rgb(d, plane, by_1, by_2, stream);
    }
    return i;
}

/* RGBA as planes that agree in the order of the pixels: to_channels leaves each byte of
 * four one further down. */
static inline void load_rgba(__m512i plane[4], const uint8_t *s)
{
    for (int k = 0; k < 4; k++)
        plane[k] = _mm512_loadu_si512(s + k * STEP);
    to_channels(plane);
    plane[1] = _mm512_ror_epi32(plane[1], 8);
    plane[2] = _mm512_ror_epi32(plane[2], 16);
}

/* Alpha is as load_rgba left it. */
KERNEL_INLINE void store_rgba(uint8_t *d, __m512i plane[4], bool stream)
{
    plane[1] = _mm512_rol_epi32(plane[1], 8);
    plane[2] = _mm512_rol_epi32(plane[2], 16);
    to_pixels(plane);
    for (int k = 0; k < 4; k++)
        put(d + k * STEP, plane[k], stream);
}

static inline size_t map_x4(uint8_t *d, const uint8_t *s, size_t n,
                            const Columns *columns, const Curve *c, bool stream)
{
    size_t i = 0;
    for (; i + STEP <= n; i += STEP, s += 4 * STEP, d += 4 * STEP) {
        __m512i plane[4];
        load_rgba(plane, s);
        mix(plane, columns, c);
        store_rgba(d, plane, stream);
    }
    return i;
}

static inline size_t map_whole(uint8_t *d, const uint8_t *s, size_t n,
                               const Columns *columns, const Curve *c, size_t channels,
                               bool stream)
{
    return channels == 4 ? map_x4(d, s, n, columns, c, stream)
                         : map_x3(d, s, n, columns, c, stream);
}

/* Pixels that do not fill a round, by way of a buffer. */
static void map_some(uint8_t *d, const uint8_t *s, size_t n, const Columns *columns,
                     const Curve *c, size_t channels)
{
    uint8_t buffer[4 * (STEP + 1)] = {0};
    for (size_t left; n; n -= left, s += left * channels, d += left * channels) {
        left = n < STEP ? n : STEP;
        memcpy(buffer, s, left * channels);
        map_whole(buffer, buffer, STEP + 1, columns, c, channels, false);
        memcpy(d, buffer, left * channels);
    }
}

static inline void map(uint8_t *d, const uint8_t *s, size_t n, const MixerTables *t,
                       size_t channels, bool stream)
{
    if (!n)
        return;
    const Curve c = curve_of(t->curve);
    Columns columns;
    columns_fill(&columns, t->in);
    size_t head = stream ? stream_head(d, channels, STEP) : 0;
    stream = stream && head < n;
    head = stream ? head : 0;
    map_some(d, s, head, &columns, &c, channels);
    d += head * channels, s += head * channels, n -= head;
    size_t done = stream ? map_whole(d, s, n, &columns, &c, channels, true)
                         : map_whole(d, s, n, &columns, &c, channels, false);
    map_some(d + done * channels, s + done * channels, n - done, &columns, &c,
             channels);
    if (stream)
        _mm_sfence();
}

#define DEFINE(NAME, CHANNELS, STREAM)                                                 \
    static void lk_mixer_curve_##NAME##_avx512(uint8_t *dst, const uint8_t *src,       \
                                               size_t n, const MixerTables *tables)    \
    {                                                                                  \
        map(dst, src, n, tables, CHANNELS, STREAM);                                    \
    }

DEFINE(u8x3, 3, false)
DEFINE(u8x4, 4, false)
DEFINE(u8x3_stream, 3, true)
DEFINE(u8x4_stream, 4, true)

void mixer_curve_fill_avx512(MixerKernels *kernels)
{
    kernels->curve_u8[0] = lk_mixer_curve_u8x3_avx512;
    kernels->curve_u8[1] = lk_mixer_curve_u8x4_avx512;
    kernels->curve_stream[0] = lk_mixer_curve_u8x3_stream_avx512;
    kernels->curve_stream[1] = lk_mixer_curve_u8x4_stream_avx512;
}
