/* arith.h four values at a time. The compiler vectorises the loops of arith_loops.h;
 * the other operations are written with intrinsics here. */
#include <immintrin.h>

#include "arith.h"

#define ARITH_LEVEL avx2
#include "arith_loops.h"

enum { LANES = 4 };

KERNEL_INLINE __m256d load(const double *from, size_t i, bool single)
{
    return single ? _mm256_broadcast_sd(from) : _mm256_loadu_pd(from + i);
}

KERNEL_INLINE void select_loop(double *restrict r, const double *a, const double *b,
                               const double *c, size_t n, bool one_b, bool one_c)
{
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        __m256d x = _mm256_loadu_pd(a + i);
        __m256d is_false = _mm256_cmp_pd(x, _mm256_setzero_pd(), _CMP_EQ_OQ);
        __m256d v = _mm256_blendv_pd(load(b, i, one_b), load(c, i, one_c), is_false);
        v = _mm256_blendv_pd(v, x, _mm256_cmp_pd(x, x, _CMP_UNORD_Q));
        _mm256_storeu_pd(r + i, v);
    }
    for (; i < n; i++)
        r[i] = IS_NAN(a[i]) ? a[i] : a[i] != 0 ? b[one_b ? 0 : i] : c[one_c ? 0 : i];
}

static void lk_arith_select_avx2(ARITH_ARGS)
{
    if ((single & 6) == 6)
        select_loop(r, a, b, c, n, true, true);
    else if (single & 2)
        select_loop(r, a, b, c, n, true, false);
    else if (single & 4)
        select_loop(r, a, b, c, n, false, true);
    else
        select_loop(r, a, b, c, n, false, false);
}

static bool lk_arith_any_true_avx2(const double *conditions, size_t n)
{
    __m256d any = _mm256_setzero_pd(), zero = any;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        __m256d x = _mm256_loadu_pd(conditions + i);
        any = _mm256_or_pd(any, _mm256_cmp_pd(x, zero, _CMP_NEQ_UQ));
    }
    bool found = _mm256_movemask_pd(any);
    for (; i < n; i++)
        found |= conditions[i] != 0;
    return found;
}

static bool lk_arith_any_false_avx2(const double *conditions, size_t n)
{
    __m256d any = _mm256_setzero_pd(), zero = any;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        __m256d x = _mm256_loadu_pd(conditions + i);
        any = _mm256_or_pd(any, _mm256_cmp_pd(x, zero, _CMP_EQ_OQ));
    }
    bool found = _mm256_movemask_pd(any);
    for (; i < n; i++)
        found |= conditions[i] == 0;
    return found;
}

/* min() and max() give their second operand for a NaN. */
static bool lk_arith_limit_avx2(double *y, const double *values, size_t n, double most)
{
    const __m256d hi = _mm256_set1_pd(most), lo = _mm256_set1_pd(-most);
    __m256d nans = _mm256_setzero_pd();
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        __m256d v = _mm256_loadu_pd(values + i);
        nans = _mm256_or_pd(nans, _mm256_cmp_pd(v, v, _CMP_UNORD_Q));
        _mm256_storeu_pd(y + i, _mm256_max_pd(_mm256_min_pd(v, hi), lo));
    }
    bool any_nan = _mm256_movemask_pd(nans);
    for (; i < n; i++) {
        any_nan |= IS_NAN(values[i]);
        double v = values[i] < most ? values[i] : most;
        y[i] = v > -most ? v : -most;
    }
    return !any_nan;
}

void arith_fill_avx2(ArithKernels *kernels)
{
    fill_loops(kernels);
    kernels->op[ARITH_SELECT] = lk_arith_select_avx2;
    kernels->any_true = lk_arith_any_true_avx2;
    kernels->any_false = lk_arith_any_false_avx2;
    kernels->limit = lk_arith_limit_avx2;
}
