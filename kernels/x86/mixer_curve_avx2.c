/* mixer.h for tables with a curve: columns are loaded and added as words of a vector,
 * and the pieces are looked up by byte shuffles, so that only three indices and three
 * columns a pixel are loads, and results are stored in whole vectors. */
#include <immintrin.h>
#include <string.h>

#include "mixer.h"

enum { EIGHT = 8, ROUND = 2 * EIGHT, ALIGNED = 32, AHEAD = 4096 };

/* The curve, each row once for each 128-bit lane. */
typedef struct Curve {
    __m256i base[2][2], slope[2][2]; /* rows; low and high bytes */
    __m256i zero;
    __m128i fine;
} Curve;

static inline __m256i row_of(const uint8_t bytes[MIXER_PIECES])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes));
}

static inline Curve curve_of(const MixerCurve *m)
{
    Curve c = {.zero = _mm256_set1_epi16((short)m->zero),
               .fine = _mm_cvtsi32_si128(m->fine)};
    for (int r = 0; r < 2; r++) {
        c.base[r][0] = row_of(m->base[r].low);
        c.base[r][1] = row_of(m->base[r].high);
        c.slope[r][0] = row_of(m->slope[r].low);
        c.slope[r][1] = row_of(m->slope[r].high);
    }
    return c;
}

/* Pieces of row 0, and of row 1 or of zeros. A shuffle gives 0 for an index with its
 * top bit set, and each number has its piece in one row. */
static inline __m256i either(const __m256i row[2][2], int part, __m256i wide,
                             __m256i narrow, bool fine)
{
    __m256i x = _mm256_shuffle_epi8(row[0][part], wide);
    return fine ? _mm256_or_si256(x, _mm256_shuffle_epi8(row[1][part], narrow)) : x;
}

/* A row's indices with the top bit set where they are not less than MIXER_PIECES. */
static inline __m256i narrow_of(const Curve *c, __m256i a, __m256i b)
{
    __m256i x =
        _mm256_packus_epi16(_mm256_srl_epi16(a, c->fine), _mm256_srl_epi16(b, c->fine));
    return _mm256_adds_epu8(x, _mm256_set1_epi8(0x80 - MIXER_PIECES));
}

static inline __m256i value_of(__m256i x, __m256i base, __m256i slope)
{
    __m256i part = _mm256_mulhi_epi16(_mm256_slli_epi16(x, 3), slope);
    return _mm256_srai_epi16(_mm256_add_epi16(base, part), MIXER_FRACTION);
}

/* The results of the sums a and b, in the order of a pack. */
static inline __m256i through(const Curve *c, __m256i a, __m256i b, bool fine)
{
    a = _mm256_subs_epu16(a, c->zero);
    b = _mm256_subs_epu16(b, c->zero);
    __m256i wide = _mm256_packus_epi16(_mm256_srli_epi16(a, MIXER_COARSE),
                                       _mm256_srli_epi16(b, MIXER_COARSE));
    __m256i narrow = fine ? narrow_of(c, a, b) : wide;
    __m256i base[2], slope[2];
    for (int k = 0; k < 2; k++) {
        base[k] = either(c->base, k, wide, narrow, fine);
        slope[k] = either(c->slope, k, wide, narrow, fine);
    }
    return _mm256_packus_epi16(value_of(a, _mm256_unpacklo_epi8(base[0], base[1]),
                                        _mm256_unpacklo_epi8(slope[0], slope[1])),
                               value_of(b, _mm256_unpackhi_epi8(base[0], base[1]),
                                        _mm256_unpackhi_epi8(slope[0], slope[1])));
}

/* What two samples of one channel add to their pixels. */
static inline __m128i columns(const uint64_t in[256], uint8_t first, uint8_t second)
{
    __m128d low = _mm_load_sd((const double *)(const void *)&in[first]);
    return _mm_castpd_si128(
        _mm_loadh_pd(low, (const double *)(const void *)&in[second]));
}

/* The sums of two pixels. `channels` is a constant, here and below. */
static inline __m128i sums(const MixerTables *t, const uint8_t *s, size_t channels)
{
    const uint8_t *next = s + channels;
    __m128i red = columns(t->in[0], s[0], next[0]);
    __m128i green = columns(t->in[1], s[1], next[1]);
    __m128i blue = columns(t->in[2], s[2], next[2]);
    return _mm_add_epi16(_mm_add_epi16(red, green), blue);
}

/* Eight pixels as RGBx, x being anything. */
static inline __m256i mix_eight(const MixerTables *t, const Curve *c, const uint8_t *s,
                                size_t channels, bool fine)
{
    __m128i two[4];
    for (size_t k = 0; k < 4; k++)
        two[k] = sums(t, s + 2 * k * channels, channels);
    return through(c, _mm256_set_m128i(two[2], two[0]),
                   _mm256_set_m128i(two[3], two[1]), fine);
}

/* In which order two vectors of RGBx give up x, so that blends of their halves are 48
 * bytes of RGB. */
typedef struct Closing {
    __m256i first, second;
} Closing;

static inline Closing closing_make(void)
{
    return (Closing){
        _mm256_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1, /* */
                         5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1, 0, 1, 2, 4),
        _mm256_setr_epi8(10, 12, 13, 14, -1, -1, -1, -1, 0, 1, 2, 4, 5, 6, 8, 9, /* */
                         -1, -1, -1, -1, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14)};
}

static inline void put(uint8_t *d, __m128i x, bool stream)
{
    if (stream)
        _mm_stream_si128((__m128i *)d, x);
    else
        _mm_storeu_si128((__m128i *)d, x);
}

/* Both maps return the pixels they have done: whole rounds. With `stream`, d is aligned
 * to ALIGNED bytes. */
static inline size_t map_x3(uint8_t *d, const uint8_t *s, size_t n,
                            const MixerTables *t, const Curve *c, bool fine,
                            bool stream)
{
    const Closing closing = closing_make();
    size_t i = 0;
    for (; i + ROUND <= n; i += ROUND, s += 3 * ROUND, d += 3 * ROUND) {
        if (stream)
            _mm_prefetch((const char *)(s + AHEAD), _MM_HINT_T1);
        __m256i x = mix_eight(t, c, s, 3, fine);
        __m256i y = mix_eight(t, c, s + 3 * EIGHT, 3, fine);
        x = _mm256_shuffle_epi8(x, closing.first);
        y = _mm256_shuffle_epi8(y, closing.second);
        __m128i x_low = _mm256_castsi256_si128(x), y_low = _mm256_castsi256_si128(y);
        __m128i x_high = _mm256_extracti128_si256(x, 1);
        __m128i y_high = _mm256_extracti128_si256(y, 1);
        put(d, _mm_blend_epi32(x_low, x_high, 8), stream);
        put(d + 16, _mm_blend_epi32(x_high, y_low, 12), stream);
        put(d + 32, _mm_blend_epi32(y_low, y_high, 14), stream);
    }
    return i;
}

static inline size_t map_x4(uint8_t *d, const uint8_t *s, size_t n,
                            const MixerTables *t, const Curve *c, bool fine,
                            bool stream)
{
    const __m256i alpha = _mm256_set1_epi32((int)0xFF000000);
    size_t i = 0;
    for (; i + EIGHT <= n; i += EIGHT, s += 4 * EIGHT, d += 4 * EIGHT) {
        __m256i from = _mm256_loadu_si256((const __m256i *)s);
        __m256i x = mix_eight(t, c, s, 4, fine);
        x = _mm256_blendv_epi8(x, from, alpha);
        if (stream) {
            _mm_prefetch((const char *)(s + AHEAD), _MM_HINT_T1);
            _mm256_stream_si256((__m256i *)d, x);
        } else
            _mm256_storeu_si256((__m256i *)d, x);
    }
    return i;
}

static inline size_t map_whole(uint8_t *d, const uint8_t *s, size_t n,
                               const MixerTables *t, const Curve *c, size_t channels,
                               bool stream)
{
    bool fine = t->curve->fine < MIXER_COARSE;
    if (channels == 4)
        return fine ? map_x4(d, s, n, t, c, true, stream)
                    : map_x4(d, s, n, t, c, false, stream);
    return fine ? map_x3(d, s, n, t, c, true, stream)
                : map_x3(d, s, n, t, c, false, stream);
}

/* Pixels that do not fill a round, by way of a buffer. */
static void map_some(uint8_t *d, const uint8_t *s, size_t n, const MixerTables *t,
                     const Curve *c, size_t channels)
{
    uint8_t buffer[4 * ROUND] = {0};
    for (size_t left; n; n -= left, s += left * channels, d += left * channels) {
        left = n < ROUND ? n : ROUND;
        memcpy(buffer, s, left * channels);
        map_whole(buffer, buffer, ROUND, t, c, channels, false);
        memcpy(d, buffer, left * channels);
    }
}

/* Pixels until d is aligned; SIZE_MAX if it never is. */
static inline size_t head_of(const uint8_t *d, size_t channels)
{
    for (size_t head = 0; head < ALIGNED; head++)
        if ((uintptr_t)(d + channels * head) % ALIGNED == 0)
            return head;
    return SIZE_MAX;
}

static inline void map(uint8_t *d, const uint8_t *s, size_t n, const MixerTables *t,
                       size_t channels, bool stream)
{
    const Curve c = curve_of(t->curve);
    size_t head = stream ? head_of(d, channels) : 0;
    stream = stream && head < n;
    head = stream ? head : 0;
    map_some(d, s, head, t, &c, channels);
    d += head * channels, s += head * channels, n -= head;
    size_t done = stream ? map_whole(d, s, n, t, &c, channels, true)
                         : map_whole(d, s, n, t, &c, channels, false);
    map_some(d + done * channels, s + done * channels, n - done, t, &c, channels);
    if (stream)
        _mm_sfence();
}

#define DEFINE(NAME, CHANNELS, STREAM)                                                 \
    static void lk_mixer_curve_##NAME##_avx2(uint8_t *dst, const uint8_t *src,         \
                                             size_t n, const MixerTables *tables)      \
    {                                                                                  \
        map(dst, src, n, tables, CHANNELS, STREAM);                                    \
    }

DEFINE(u8x3, 3, false)
DEFINE(u8x4, 4, false)
DEFINE(u8x3_stream, 3, true)
DEFINE(u8x4_stream, 4, true)

void mixer_curve_fill_avx2(MixerKernels *kernels)
{
    kernels->curve_u8[0] = lk_mixer_curve_u8x3_avx2;
    kernels->curve_u8[1] = lk_mixer_curve_u8x4_avx2;
    kernels->curve_stream[0] = lk_mixer_curve_u8x3_stream_avx2;
    kernels->curve_stream[1] = lk_mixer_curve_u8x4_stream_avx2;
}
