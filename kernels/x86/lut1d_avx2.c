/* A byte table of 256 entries held as sixteen rows of sixteen.
 *
 * _mm256_shuffle_epi8 looks sixteen entries up at once and gives 0 where the index has
 * its top bit set. Let row'[k] = row[k] ^ row[k - 1]. With the index taken as a signed
 * byte, subs(x, 16 * k) has its top bit clear exactly for 16 * k <= x < 128 (saturation
 * keeps negative ones negative), and its low four bits are those of x. So xor over k of
 * row'[k][x - 16 * k] is row[x / 16][x % 16] for x < 128 and 0 otherwise. The upper
 * half is the same with x ^ 0x80 and rows of its own. */
#include <immintrin.h>
#include <stdbool.h>

#include "lut1d.h"

enum { ROWS = 16, HALF = 8, STEP = 32 };

typedef struct Rows {
    __m256i row[ROWS]; /* each row twice, once for each 128-bit lane */
} Rows;

static inline void rows_load(Rows *rows, const uint8_t *table)
{
    __m128i before = _mm_setzero_si128();
    for (int k = 0; k < ROWS; k++) {
        __m128i now = _mm_loadu_si128((const __m128i *)(table + 16 * k));
        bool first = k % HALF == 0;
        rows->row[k] =
            _mm256_broadcastsi128_si256(first ? now : _mm_xor_si128(now, before));
        before = now;
    }
}

static inline __m256i look_up(const Rows *rows, __m256i x)
{
    const __m256i sixteen = _mm256_set1_epi8(16);
    __m256i low = x;
    __m256i high = _mm256_xor_si256(x, _mm256_set1_epi8(-128));
    __m256i a = _mm256_shuffle_epi8(rows->row[0], low);
    __m256i b = _mm256_shuffle_epi8(rows->row[HALF], high);
    for (int k = 1; k < HALF; k++) {
        low = _mm256_subs_epi8(low, sixteen);
        high = _mm256_subs_epi8(high, sixteen);
        a = _mm256_xor_si256(a, _mm256_shuffle_epi8(rows->row[k], low));
        b = _mm256_xor_si256(b, _mm256_shuffle_epi8(rows->row[HALF + k], high));
    }
    return _mm256_xor_si256(a, b);
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

/* Below this many samples the rows cost more to set up than they save. */
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
        __m256i x = load(s + i), y = load(s + i + STEP);
        _mm256_stream_si256((__m256i *)(d + i), look_up(&rows, x));
        _mm256_stream_si256((__m256i *)(d + i + STEP), look_up(&rows, y));
    }
    scalar(d + i, s + i, n - i, tables[0]);
    _mm_sfence();
}

void lut1d_fill_avx2(Kernels *kernels)
{
    kernels->lut1d_u8[LUT_X1] = lk_lut1d_u8x1_avx2;
    kernels->lut1d_u8_stream[LUT_X1] = lk_lut1d_u8x1_stream_avx2;
}
