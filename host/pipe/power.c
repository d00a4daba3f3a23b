#include "pipe/power.h"

#include <math.h>
#include <stdbool.h>

/* libm's power of a positive number. CPython looks at errno; glibc may set it for a
 * result below the normal range, which is left to Python. */
static double positive_power(double x, double y)
{
    double power = pow(x, y);
    bool plain = power == 0 || isnormal(power);
    return plain ? power : (double)NAN;
}

/* The cases that Python sorts out before it asks libm. */
static double special_power(double x, double y)
{
    if (!isfinite(x) || !isfinite(y))
        return (double)NAN;
    if (y == 0)
        return 1.0;
    bool whole = y == floor(y), odd = whole && fmod(fabs(y), 2.0) == 1.0;
    if (x == 0)
        return y < 0 ? (double)NAN : odd ? x : 0.0;
    if (x < 0 && !whole)
        return (double)NAN;
    double power = fabs(x) == 1.0 ? 1.0 : positive_power(fabs(x), y);
    return x < 0 && odd ? -power : power;
}

double power_one(double x, double y)
{
    if (y == 1.0 && isfinite(x))
        return x;
    if (x > 0 && x < 1 && y > 0 && y < HUGE_VAL)
        return positive_power(x, y);
    return special_power(x, y);
}

static void one_by_one(double *restrict r, const double *x, const double *y, size_t n,
                       size_t dx, size_t dy)
{
    for (size_t i = 0; i < n; i++)
        r[i] = power_one(x[i * dx], y[i * dy]);
}

#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"
#include "pipe/power_table.h"

#define WIDE   __attribute__((target("avx2,fma")))
#define INLINE static inline __attribute__((always_inline, target("avx2,fma")))

/* A sum of two doubles, the second a correction to the first. */
typedef struct Pair {
    __m256d high, low;
} Pair;

static const double NEAR = 32; /* of a logarithm: e**±32, about 2**±46 */
/* pow of glibc (2.28 and later) and musl is off by less than 0.513 units in the last
 * place while the logarithm of the result is that near zero, and the sum below by less
 * than 0.005. Where the sum says that the power lies within 0.48 units of a double,
 * that double is therefore the only one that they can give; so it is where pow rounds
 * right always. */
static const double SURE = 0.48;

INLINE __m256d all(double value)
{
    return _mm256_set1_pd(value);
}

INLINE __m256i all_bits(uint64_t bits)
{
    return _mm256_set1_epi64x((long long)bits);
}

INLINE __m256i bits_of(__m256d value)
{
    return _mm256_castpd_si256(value);
}

INLINE __m256d of_bits(__m256i bits)
{
    return _mm256_castsi256_pd(bits);
}

/* base[index * stride] for each index. Neighbours mostly have the same index: then it
 * is one load. */
INLINE __m256d look_up(const double *base, __m256i index, int stride)
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
INLINE Pair add(__m256d a, __m256d b)
{
    __m256d sum = _mm256_add_pd(a, b), part = _mm256_sub_pd(sum, a);
    __m256d rest = _mm256_add_pd(_mm256_sub_pd(a, _mm256_sub_pd(sum, part)),
                                 _mm256_sub_pd(b, part));
    return (Pair){sum, rest};
}

/* The same where a is the larger, or zero. */
INLINE Pair add_smaller(__m256d a, __m256d b)
{
    __m256d sum = _mm256_add_pd(a, b);
    return (Pair){sum, _mm256_sub_pd(b, _mm256_sub_pd(sum, a))};
}

/* log(1 + r) - r + r*r/2 for |r| < 2**-7: the rest of the series. */
INLINE __m256d log_tail(__m256d r)
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
INLINE Pair logarithm(__m256d x)
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
INLINE __m256d exp_tail(__m256d r)
{
    __m256d p = all(1.0 / 720);
    p = _mm256_fmadd_pd(p, r, all(1.0 / 120));
    p = _mm256_fmadd_pd(p, r, all(1.0 / 24));
    p = _mm256_fmadd_pd(p, r, all(1.0 / 6));
    p = _mm256_fmadd_pd(p, r, all(1.0 / 2));
    return _mm256_mul_pd(_mm256_mul_pd(r, r), p);
}

/* exp(e) for |e| < NEAR: 2**(n / POWER_SIZE), of which a table has the fraction, times
 * exp(r). *sure: the lanes of which the last bit is certain. */
INLINE __m256d exponential(Pair e, __m256d *sure)
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

/* x ** y; the bits of the result are those of lanes that are certain. */
INLINE int four(__m256d x, __m256d y, double *r)
{
    __m256i bits = bits_of(x);
    __m256i fit =
        _mm256_and_si256(_mm256_cmpgt_epi64(bits, all_bits((UINT64_C(1) << 52) - 1)),
                         _mm256_cmpgt_epi64(all_bits(UINT64_C(0x7ff) << 52), bits));
    Pair log = logarithm(x);
    Pair e = {_mm256_mul_pd(y, log.high), _mm256_setzero_pd()};
    e.low = _mm256_fmadd_pd(y, log.low, _mm256_fmsub_pd(y, log.high, e.high));
    __m256d sure;
    _mm256_storeu_pd(r, exponential(e, &sure));
    __m256d near =
        _mm256_cmp_pd(_mm256_andnot_pd(all(-0.0), e.high), all(NEAR), _CMP_LT_OQ);
    return _mm256_movemask_pd(_mm256_and_pd(of_bits(fit), _mm256_and_pd(near, sure)));
}

enum { FOURS = 64 };

/* Four by four, and what is not certain one by one: in two passes, so that the first is
 * free of branches that nobody can foresee. n is a multiple of 4 and at most 4 FOURS.
 */
WIDE static void by_fours(double *restrict r, const double *x, const double *y,
                          size_t n, size_t dx, size_t dy)
{
    unsigned char unsure[FOURS];
    for (size_t k = 0; k < n / 4; k++) {
        __m256d base = dx ? _mm256_loadu_pd(x + 4 * k) : all(*x);
        __m256d power = dy ? _mm256_loadu_pd(y + 4 * k) : all(*y);
        unsure[k] = (unsigned char)(four(base, power, r + 4 * k) ^ 15);
    }
    for (size_t k = 0; k < n / 4; k++)
        for (size_t i = 4 * k; unsure[k]; unsure[k] >>= 1, i++)
            if (unsure[k] & 1)
                r[i] = power_one(x[i * dx], y[i * dy]);
}

static void wide(double *restrict r, const double *x, const double *y, size_t n,
                 size_t dx, size_t dy)
{
    size_t i = 0;
    while (n - i >= 4) {
        size_t size = n - i < 4 * FOURS ? (n - i) & ~(size_t)3 : 4 * FOURS;
        by_fours(r + i, x + i * dx, y + i * dy, size, dx, dy);
        i += size;
    }
    one_by_one(r + i, x + i * dx, y + i * dy, n - i, dx, dy);
}

void power_many(double *restrict r, const double *x, const double *y, size_t n,
                size_t dx, size_t dy)
{
    bool has_fma = cpu_level() >= CPU_AVX2 && __builtin_cpu_supports("fma");
    (has_fma ? wide : one_by_one)(r, x, y, n, dx, dy);
}
#else
void power_many(double *restrict r, const double *x, const double *y, size_t n,
                size_t dx, size_t dy)
{
    one_by_one(r, x, y, n, dx, dy);
}
#endif
