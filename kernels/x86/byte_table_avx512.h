/* byte_table_avx512 — a table of 256 bytes held in four registers of sixty-four.
 *
 * _mm512_permutex2var_epi8 (VBMI) looks up sixty-four indices at once in two registers:
 * the low seven bits choose the entry, and the top bit selects the half of the table.
 * Threads: pure.
 */
#ifndef LUTIST_KERNELS_X86_BYTE_TABLE_AVX512_H
#define LUTIST_KERNELS_X86_BYTE_TABLE_AVX512_H

#include <immintrin.h>
#include <stdint.h>

enum { QUARTERS = 4 };

typedef struct Quarters {
    __m512i q[QUARTERS];
} Quarters;

static inline Quarters quarters_load(const void *table)
{
    const uint8_t *bytes = table;
    Quarters t;
    for (int i = 0; i < QUARTERS; i++)
        t.q[i] = _mm512_loadu_si512(bytes + i * (int)sizeof *t.q);
    return t;
}

static inline __m512i look_up_all(const Quarters *t, __m512i x)
{
    __m512i low = _mm512_permutex2var_epi8(t->q[0], x, t->q[1]);
    __m512i high = _mm512_permutex2var_epi8(t->q[2], x, t->q[3]);
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(x), low, high);
}

#endif
