/* ARITH_POW four at a time, to more digits than a double has. If these digits decide
 * which double libm gives, that is the result; otherwise libm is called. */
#include <immintrin.h>

#include "arith.h"
#include "power/power.h"
#include "power/power_table.h"

/* A sum of two doubles, the second a correction to the first. */
typedef struct Pair {
    __m256d high, low;
} Pair;

static const double NEAR = 32; /* of a logarithm: e**±32, about 2**±46 */
/* pow of glibc (2.28 and later) and musl is off by less than 0.513 units in the last
 * place while the logarithm of the result is that near zero, and the sum below by less
 * than 0.005. If the sum lies within 0.48 units of a double, that double is therefore
 * the only possible result, also of a correctly rounding pow. */
static const double SURE = 0.48;

static inline __m256d all(double value)
{
    return _mm256_set1_pd(value);
}

static inline __m256i all_bits(uint64_t bits)
{
    return _mm256_set1_epi64x((long long)bits);
}

static inline __m256i bits_of(__m256d value)
{
    return _mm256_castpd_si256(value);
}

static inline __m256d of_bits(__m256i bits)
{
    return _mm256_castsi256_pd(bits);
}

/* base[index * stride] for each index. Neighbours often have the same index: then it is
 * one load. */
static inline __m256d look_up(const double *base, __m256i index, int stride)
{
    long long first = _mm256_extract_epi64(index, 0);
    __m256i same = _mm256_cmpeq_epi64(index, _mm256_set1_epi64x(first));
    if (_mm256_movemask_epi8(same) == -1)
        return _mm256_broadcast_sd(base + first * stride);
    double out[4];
    long long at[4];
    _mm256_storeu_si256((__m256i *)(void *)at, index);
    for (int i = 0; i < 4; i++)
        out[i] = base[at[i] * stride];
    return _mm256_loadu_pd(out);
}

/* The exact sum of two doubles of any size. */
static inline Pair add(__m256d a, __m256d b)
{
    __m256d sum = _mm256_add_pd(a, b), part = _mm256_sub_pd(sum, a);
    __m256d rest = _mm256_add_pd(_mm256_sub_pd(a, _mm256_sub_pd(sum, part)),
                                 _mm256_sub_pd(b, part));
    return (Pair){sum, rest};
}

/* The same where a is the larger, or zero. */
static inline Pair add_smaller(__m256d a, __m256d b)
{
    __m256d sum = _mm256_add_pd(a, b);
    return (Pair){sum, _mm256_sub_pd(b, _mm256_sub_pd(sum, a))};
}

/* log(1 + r) - r + r*r/2 for |r| < 2**-7: the rest of the series. */
static inline __m256d log_tail(__m256d r)
{
    __m256d p = all(-1.0 / 8);
    p = _mm256_fmadd_pd(p, r, all(1.0 / 7));
    p = _mm256_fmadd_pd(p, r, all(-1.0 / 6));
    p = _mm256_fmadd_pd(p, r, all(1.0 / 5));
    p = _mm256_fmadd_pd(p, r, all(-1.0 / 4));
    p = _mm256_fmadd_pd(p, r, all(1.0 / 3));
    return _mm256_mul_pd(_mm256_mul_pd(r, r), _mm256_mul_pd(p, r));
}

/* log(x) of positive normal numbers, to 2**-70: x is 2**k times a mantissa m near a
 * table's c, and log(x) = k log(2) + log(c) + log(m / c). */
static inline Pair logarithm(__m256d x)
{
    const uint64_t bias = UINT64_C(1024) << 52, exponents = UINT64_C(0xfff) << 52;
    __m256i bits = bits_of(x);
    __m256i t = _mm256_add_epi64(bits, all_bits(bias - POWER_FIRST));
    __m256i index =
        _mm256_and_si256(_mm256_srli_epi64(t, 45), all_bits(POWER_SIZE - 1));
    __m256i shift =
        _mm256_sub_epi64(_mm256_and_si256(t, all_bits(exponents)), all_bits(bias));
    __m256d m = of_bits(_mm256_sub_epi64(bits, shift));
    /* k, by way of the double 2**52 + k + 1024 */
    __m256i magic = _mm256_or_si256(_mm256_srli_epi64(t, 52), bits_of(all(0x1p52)));
    __m256d k = _mm256_sub_pd(of_bits(magic), all(0x1p52 + 1024));

    __m256d inverse = look_up(&power_log->inverse, index, 3);
    __m256d ratio = _mm256_mul_pd(m, inverse);
    __m256d slip = _mm256_fmsub_pd(m, inverse, ratio); /* m / c is ratio + slip */
    __m256d r = _mm256_sub_pd(ratio, all(1));
    __m256d whole =
        _mm256_fmadd_pd(k, all(power_ln2[0]), look_up(&power_log->high, index, 3));
    Pair sum = add(whole, r);
    __m256d half = _mm256_mul_pd(r, all(-0.5)), square = _mm256_mul_pd(half, r);
    Pair log = add_smaller(sum.high, square);
    __m256d low =
        _mm256_fmadd_pd(k, all(power_ln2[1]), look_up(&power_log->low, index, 3));
    low = _mm256_add_pd(low, _mm256_fnmadd_pd(slip, r, slip));
    low = _mm256_add_pd(low, _mm256_fmsub_pd(half, r, square));
    low = _mm256_add_pd(low, _mm256_add_pd(log_tail(r), sum.low));
    log.low = _mm256_add_pd(log.low, low);
    return log;
}

/* exp(r) - 1 - r for |r| < 2**-8. */
static inline __m256d exp_tail(__m256d r)
{
    __m256d p = all(1.0 / 720);
    p = _mm256_fmadd_pd(p, r, all(1.0 / 120));
    p = _mm256_fmadd_pd(p, r, all(1.0 / 24));
    p = _mm256_fmadd_pd(p, r, all(1.0 / 6));
    p = _mm256_fmadd_pd(p, r, all(1.0 / 2));
    return _mm256_mul_pd(_mm256_mul_pd(r, r), p);
}

/* exp(e) for |e| < NEAR: 2**(n / POWER_SIZE), whose fraction is in a table, times
 * exp(r). *sure: the lanes whose last bit is certain. */
static inline __m256d exponential(Pair e, __m256d *sure)
{
    const __m256d magic = all(0x1.8p52);
    __m256d shifted = _mm256_fmadd_pd(e.high, all(1 / power_step[0]), magic);
    __m256d n = _mm256_sub_pd(shifted, magic);
    __m256i index = _mm256_and_si256(bits_of(shifted), all_bits(POWER_SIZE - 1));
    __m256i exponent = _mm256_slli_epi64(_mm256_srli_epi64(bits_of(shifted), 7), 52);
    __m256d r = _mm256_fnmadd_pd(n, all(power_step[0]), e.high);
    Pair rest = add_smaller(r, _mm256_fnmadd_pd(n, all(power_step[1]), e.low));
    __m256d tail = _mm256_add_pd(exp_tail(rest.high), rest.low);
    __m256d scale = look_up(&power_exp->high, index, 2);
    tail = _mm256_fmadd_pd(scale, tail, look_up(&power_exp->low, index, 2));
    Pair sum = add_smaller(scale, _mm256_fmadd_pd(scale, rest.high, tail));

    /* The distance below sum.high to the next double. */
    __m256d unit = _mm256_blendv_pd(all(0x1p-53), all(0x1p-52),
                                    _mm256_cmp_pd(sum.high, all(1), _CMP_GT_OQ));
    unit = _mm256_blendv_pd(unit, all(0x1p-51),
                            _mm256_cmp_pd(sum.high, all(2), _CMP_GT_OQ));
    __m256d off = _mm256_andnot_pd(all(-0.0), sum.low);
    *sure = _mm256_cmp_pd(off, _mm256_mul_pd(unit, all(SURE)), _CMP_LT_OQ);
    return of_bits(_mm256_add_epi64(bits_of(sum.high), exponent));
}

/* y * log(x), aligned. The returned bits are the lanes for which it is valid, so that
 * exponential()'s result counts. */
static inline unsigned exponent_of(__m256d x, __m256d y, double *high, double *low)
{
    __m256i bits = bits_of(x);
    __m256i fit =
        _mm256_and_si256(_mm256_cmpgt_epi64(bits, all_bits((UINT64_C(1) << 52) - 1)),
                         _mm256_cmpgt_epi64(all_bits(UINT64_C(0x7ff) << 52), bits));
    Pair log = logarithm(x);
    __m256d product = _mm256_mul_pd(y, log.high);
    _mm256_store_pd(high, product);
    _mm256_store_pd(low,
                    _mm256_fmadd_pd(y, log.low, _mm256_fmsub_pd(y, log.high, product)));
    __m256d near =
        _mm256_cmp_pd(_mm256_andnot_pd(all(-0.0), product), all(NEAR), _CMP_LT_OQ);
    return (unsigned)_mm256_movemask_pd(_mm256_and_pd(of_bits(fit), near));
}

enum { FOURS = 64, WORD_FOURS = 16 };

/* Call libm for the lanes of sixteen fours that are not certain. Curves have flat
 * parts, so the last answer is reused. */
static void ask(double *r, const double *x, const double *y, size_t dx, size_t dy,
                uint64_t unsure)
{
    double base = 0, exponent = 0, power = 1;
    for (; unsure; unsure &= unsure - 1) {
        size_t i = (size_t)__builtin_ctzll(unsure);
        if (x[i * dx] != base || y[i * dy] != exponent || base == 0) {
            base = x[i * dx];
            exponent = y[i * dy];
            power = power_one(base, exponent);
        }
        r[i] = power;
    }
}

/* Four by four, then the uncertain lanes one by one. Separate loops for logarithm and
 * exponential let a processor overlap several of the same kind, and keep unpredictable
 * branches out of both. n is a multiple of 4 and at most 4 FOURS. */
static void by_fours(double *restrict r, const double *x, const double *y, size_t n,
                     size_t dx, size_t dy)
{
    uint64_t unsure[FOURS / WORD_FOURS] = {0};
    _Alignas(32) double high[4 * FOURS], low[4 * FOURS];
    unsigned char fit[FOURS];
    for (size_t k = 0; k < n / 4; k++) {
        __m256d base = dx ? _mm256_loadu_pd(x + 4 * k) : all(*x);
        __m256d power = dy ? _mm256_loadu_pd(y + 4 * k) : all(*y);
        fit[k] = (unsigned char)exponent_of(base, power, high + 4 * k, low + 4 * k);
    }
    for (size_t k = 0; k < n / 4; k++) {
        __m256d sure;
        Pair e = {_mm256_load_pd(high + 4 * k), _mm256_load_pd(low + 4 * k)};
        _mm256_storeu_pd(r + 4 * k, exponential(e, &sure));
        uint64_t lanes = (uint64_t)((_mm256_movemask_pd(sure) & fit[k]) ^ 15);
        unsure[k / WORD_FOURS] |= lanes << k % WORD_FOURS * 4;
    }
    for (size_t i = 0; i < n; i += 64)
        ask(r + i, x + i * dx, y + i * dy, dx, dy, unsure[i / 64]);
}

static void lk_arith_pow_avx2(double *restrict r, const double *x, const double *y,
                              const double *c, size_t n, unsigned single)
{
    const size_t dx = !(single & 1), dy = !(single & 2);
    size_t i = 0;
    (void)c;
    while (n - i >= 4) {
        size_t size = n - i < 4 * FOURS ? (n - i) & ~(size_t)3 : 4 * FOURS;
        by_fours(r + i, x + i * dx, y + i * dy, size, dx, dy);
        i += size;
    }
    for (; i < n; i++)
        r[i] = power_one(x[i * dx], y[i * dy]);
}

void arith_pow_fill_avx2(ArithKernels *kernels)
{
    kernels->op[ARITH_POW] = lk_arith_pow_avx2;
}
