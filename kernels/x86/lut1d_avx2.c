/* A byte table of 256 entries held as sixteen rows of sixteen.
 *
 * _mm256_shuffle_epi8 looks up in one row: 32 entries at once, by the low four bits of
 * the index, and gives 0 if the index has its top bit set. So rows k and k + 8 are two
 * shuffles and an or: by the index as it is, and with its top bit flipped. Bits 4 to 6
 * choose among the eight pairs by blends, which read the top bit alone. */
#include <immintrin.h>
#include <stdbool.h>

#include "lut1d.h"

enum { ROWS = 16, STEP = 32, LINE = 64 };

typedef struct Rows {
    __m256i row[ROWS]; /* each row twice, once for each 128-bit lane */
} Rows;

static inline void rows_load(Rows *rows, const uint8_t *table)
{
    for (int k = 0; k < ROWS; k++)
        rows->row[k] = _mm256_broadcastsi128_si256(
            _mm_loadu_si128((const __m128i *)(table + ROWS * k)));
}

/* An index in the forms that the lookup needs. */
typedef struct Index {
    __m256i low, high;              /* for the rows of a pair */
    __m256i second, fourth, eighth; /* top bits: bits 4, 5, 6, which choose the pair */
} Index;

static inline Index index_of(__m256i x)
{
    Index index = {.low = x, .high = _mm256_xor_si256(x, _mm256_set1_epi8((char)0x80))};
    index.eighth = _mm256_add_epi8(x, x);
    index.fourth = _mm256_add_epi8(index.eighth, index.eighth);
    index.second = _mm256_add_epi8(index.fourth, index.fourth);
    return index;
}

static inline __m256i of_two(const __m256i *row, const Index *x)
{
    return _mm256_or_si256(_mm256_shuffle_epi8(row[0], x->low),
                           _mm256_shuffle_epi8(row[ROWS / 2], x->high));
}

static inline __m256i of_four(const __m256i *row, const Index *x)
{
    return _mm256_blendv_epi8(of_two(row, x), of_two(row + 1, x), x->second);
}

static inline __m256i of_eight(const __m256i *row, const Index *x)
{
    return _mm256_blendv_epi8(of_four(row, x), of_four(row + 2, x), x->fourth);
}

static inline __m256i look_up(const Rows *rows, __m256i bytes)
{
    Index x = index_of(bytes);
    return _mm256_blendv_epi8(of_eight(rows->row, &x), of_eight(rows->row + 4, &x),
                              x.eighth);
}

static inline __m256i load(const uint8_t *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

static void scalar(uint8_t *d, const uint8_t *s, size_t n, const uint8_t *table)
{
    for (size_t i = 0; i < n; i++)
        d[i] = table[s[i]];
}

/* Processors prefetch by themselves, but not beyond a page. */
static inline void look_ahead(const uint8_t *s, bool stream)
{
    enum { AHEAD = 4096 };
    if (stream)
        _mm_prefetch((const char *)(s + AHEAD), _MM_HINT_T1);
}

/* With fewer samples the set-up of the rows costs more than they save. */
enum { FEW = 96 };

static void lk_lut1d_u8x1_avx2(void *dst, const void *src, size_t n,
                               const void *const tables[3])
{
    uint8_t *d = dst;
    const uint8_t *s = src;
    size_t i = 0;
    if (n >= FEW) {
        Rows rows;
        rows_load(&rows, tables[0]);
        for (; i + STEP <= n; i += STEP)
            _mm256_storeu_si256((__m256i *)(d + i), look_up(&rows, load(s + i)));
    }
    scalar(d + i, s + i, n - i, tables[0]);
}

static void lk_lut1d_u8x1_stream_avx2(void *dst, const void *src, size_t n,
                                      const void *const tables[3])
{
    uint8_t *d = dst;
    const uint8_t *s = src;
    size_t i = (size_t)(-(uintptr_t)d % STEP);
    if (n < FEW + i) {
        scalar(d, s, n, tables[0]);
        return;
    }
    scalar(d, s, i, tables[0]);
    Rows rows;
    rows_load(&rows, tables[0]);
    for (; i + 2 * STEP <= n; i += 2 * STEP) {
        look_ahead(s + i, true);
        __m256i x = load(s + i), y = load(s + i + STEP);
        _mm256_stream_si256((__m256i *)(d + i), look_up(&rows, x));
        _mm256_stream_si256((__m256i *)(d + i + STEP), look_up(&rows, y));
    }
    scalar(d + i, s + i, n - i, tables[0]);
    _mm_sfence();
}

/* A table a channel. Three vectors of RGB hold red at 32 different positions (32 is 2
 * modulo 3), so blending gathers all red bytes in one vector, in some order. A lookup
 * does not depend on the order, and the same blends put the bytes back. */
typedef struct Thirds {
    __m256i at[3]; /* bytes whose position is 0, 1, 2 modulo 3 */
} Thirds;

static Thirds thirds_make(void)
{
    uint8_t bytes[3][STEP];
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < STEP; i++)
            bytes[k][i] = i % 3 == k ? 0xFF : 0;
    Thirds thirds;
    for (int k = 0; k < 3; k++)
        thirds.at[k] = load(bytes[k]);
    return thirds;
}

/* Take the bytes at positions 0 modulo 3 from a, 1 from b, 2 from c. */
static inline __m256i pick(const Thirds *t, __m256i a, __m256i b, __m256i c)
{
    return _mm256_blendv_epi8(_mm256_blendv_epi8(a, b, t->at[1]), c, t->at[2]);
}

static inline void put(uint8_t *d, __m256i x, bool stream)
{
    if (stream)
        _mm256_stream_si256((__m256i *)d, x);
    else
        _mm256_storeu_si256((__m256i *)d, x);
}

static inline void map_x3(uint8_t *d, const uint8_t *s, size_t pixels,
                          const void *const tables[3], bool stream)
{
    Rows rows[3];
    for (int c = 0; c < 3; c++)
        rows_load(&rows[c], tables[c]);
    Thirds t = thirds_make();
    size_t n = 3 * pixels, i = 0;
    for (; i + 3 * STEP <= n; i += 3 * STEP) {
        look_ahead(s + i, stream);
        look_ahead(s + i + LINE, stream);
        /* Channels at positions 0, 1, 2: RGB in v0, BRG in v1, GBR in v2. */
        __m256i v0 = load(s + i), v1 = load(s + i + STEP), v2 = load(s + i + 2 * STEP);
        __m256i red = look_up(&rows[0], pick(&t, v0, v1, v2));
        __m256i green = look_up(&rows[1], pick(&t, v2, v0, v1));
        __m256i blue = look_up(&rows[2], pick(&t, v1, v2, v0));
        put(d + i, pick(&t, red, green, blue), stream);
        put(d + i + STEP, pick(&t, blue, red, green), stream);
        put(d + i + 2 * STEP, pick(&t, green, blue, red), stream);
    }
    for (; i < n; i++)
        d[i] = ((const uint8_t *)tables[i % 3])[s[i]];
}

static void lk_lut1d_u8x3_avx2(void *dst, const void *src, size_t n,
                               const void *const tables[3])
{
    map_x3(dst, src, n, tables, false);
}

static void lk_lut1d_u8x3_stream_avx2(void *dst, const void *src, size_t n,
                                      const void *const tables[3])
{
    uint8_t *d = dst;
    const uint8_t *s = src;
    size_t head = 0; /* pixels until the result is aligned; 3 · 11 is 1 modulo 32 */
    while (head < n && (uintptr_t)(d + 3 * head) % STEP)
        head++;
    for (size_t i = 0; i < 3 * head; i++)
        d[i] = ((const uint8_t *)tables[i % 3])[s[i]];
    map_x3(d + 3 * head, s + 3 * head, n - head, tables, true);
    _mm_sfence();
}

/* A 4 × 4 transpose of bytes, in each pixel of four vectors of RGBA: red of all four,
 * green, blue, alpha. Vector k rotated by k bytes has the same channel one byte further
 * down than vector k - 1, so blends of whole vectors do the rest. */
typedef struct Rotations {
    __m256i by[4], back[4]; /* by 0 … 3 bytes in each pixel */
    __m256i odd;            /* bytes 1 and 3 of each pixel */
} Rotations;

static inline Rotations rotations_make(void)
{
    uint8_t by[4][STEP], back[4][STEP];
    for (int k = 0; k < 4; k++)
        for (int i = 0; i < STEP; i++) {
            by[k][i] = (uint8_t)(i % 16 / 4 * 4 + (i + k) % 4);
            back[k][i] = (uint8_t)(i % 16 / 4 * 4 + (i + 4 - k) % 4);
        }
    Rotations r = {.odd = _mm256_set1_epi16((short)0xFF00)};
    for (int k = 0; k < 4; k++) {
        r.by[k] = load(by[k]);
        r.back[k] = load(back[k]);
    }
    return r;
}

/* Channel c has byte i of pixel from rotated vector (c - i) modulo 4. */
static inline void to_channels(const Rotations *r, __m256i v[4])
{
    enum { BYTES_2_AND_3 = 0xAA };
    __m256i x[4], y[4];
    for (int k = 0; k < 4; k++)
        x[k] = k ? _mm256_shuffle_epi8(v[k], r->by[k]) : v[k];
    for (int k = 0; k < 4; k++)
        y[k] = _mm256_blendv_epi8(x[k], x[(k + 3) % 4], r->odd);
    for (int k = 0; k < 4; k++)
        v[k] = _mm256_blend_epi16(y[k], y[(k + 2) % 4], BYTES_2_AND_3);
}

static inline void to_pixels(const Rotations *r, __m256i v[4])
{
    enum { BYTES_2_AND_3 = 0xAA };
    __m256i x[4], y[4];
    for (int k = 0; k < 4; k++)
        x[k] = _mm256_blendv_epi8(v[k], v[(k + 1) % 4], r->odd);
    for (int k = 0; k < 4; k++)
        y[k] = _mm256_blend_epi16(x[k], x[(k + 2) % 4], BYTES_2_AND_3);
    for (int k = 0; k < 4; k++)
        v[k] = k ? _mm256_shuffle_epi8(y[k], r->back[k]) : y[k];
}

static inline void map_x4(uint8_t *d, const uint8_t *s, size_t pixels,
                          const void *const tables[3], bool stream)
{
    Rows rows[3];
    for (int c = 0; c < 3; c++)
        rows_load(&rows[c], tables[c]);
    const Rotations r = rotations_make();
    size_t n = 4 * pixels, i = 0;
    for (; i + 4 * STEP <= n; i += 4 * STEP) {
        __m256i v[4];
        look_ahead(s + i, stream);
        look_ahead(s + i + LINE, stream);
        for (int k = 0; k < 4; k++)
            v[k] = load(s + i + k * STEP);
        to_channels(&r, v);
        for (int c = 0; c < 3; c++)
            v[c] = look_up(&rows[c], v[c]);
        to_pixels(&r, v);
        for (int k = 0; k < 4; k++)
            put(d + i + k * STEP, v[k], stream);
    }
    for (; i < n; i++)
        d[i] = i % 4 == 3 ? s[i] : ((const uint8_t *)tables[i % 4])[s[i]];
}

static void lk_lut1d_u8x4_avx2(void *dst, const void *src, size_t n,
                               const void *const tables[3])
{
    map_x4(dst, src, n, tables, false);
}

static void lk_lut1d_u8x4_stream_avx2(void *dst, const void *src, size_t n,
                                      const void *const tables[3])
{
    /* Pixels of four bytes reach an aligned address only from a multiple of four. */
    bool reachable = (uintptr_t)dst % 4 == 0;
    size_t head = reachable ? (size_t)(-(uintptr_t)dst % STEP / 4) : 0;
    head = head < n ? head : n;
    map_x4(dst, src, head, tables, false);
    map_x4((uint8_t *)dst + 4 * head, (const uint8_t *)src + 4 * head, n - head, tables,
           reachable);
    _mm_sfence();
}

void lut1d_fill_avx2(Lut1dKernels *kernels)
{
    kernels->u8[LUT_X1] = lk_lut1d_u8x1_avx2;
    kernels->u8[LUT_X3] = lk_lut1d_u8x3_avx2;
    kernels->u8[LUT_X4] = lk_lut1d_u8x4_avx2;
    kernels->u8_stream[LUT_X1] = lk_lut1d_u8x1_stream_avx2;
    kernels->u8_stream[LUT_X3] = lk_lut1d_u8x3_stream_avx2;
    kernels->u8_stream[LUT_X4] = lk_lut1d_u8x4_stream_avx2;
}
