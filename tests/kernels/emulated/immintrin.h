/* immintrin — AVX-512 for a processor without it.
 *
 * Included instead of the compiler's own header while the AVX-512 kernels are built for
 * check_kernels_emulated. SIMDe implements each vector operation in plain C, so the
 * logic of those kernels is checked on every machine. Operations that SIMDe lacks are
 * added here, a byte at a time.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_KERNELS_EMULATED_IMMINTRIN_H
#define LUTIST_TESTS_KERNELS_EMULATED_IMMINTRIN_H

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>
#include <string.h>

/* NOLINTNEXTLINE(clang-diagnostic-reserved-identifier): the compiler's */
typedef uint64_t __mmask64;

static inline __m512i emulated_load(__mmask64 mask, const void *from)
{
    uint8_t bytes[64] = {0};
    for (int i = 0; i < 64; i++)
        if (mask >> i & 1)
            bytes[i] = ((const uint8_t *)from)[i];
    return simde_mm512_loadu_si512(bytes);
}

static inline void emulated_store(void *to, __mmask64 mask, __m512i v)
{
    uint8_t bytes[64];
    simde_mm512_storeu_si512(bytes, v);
    for (int i = 0; i < 64; i++)
        if (mask >> i & 1)
            ((uint8_t *)to)[i] = bytes[i];
}

static inline void emulated_stream(void *to, __m512i v)
{
    simde_mm512_store_si512(to, v); /* aligned, as the real one requires */
}

static inline __m256i emulated_low_words(__m512i v)
{
    uint16_t words[32], low[16];
    simde_mm512_storeu_si512(words, v);
    for (int i = 0; i < 16; i++)
        low[i] = words[2 * i];
    return simde_mm256_loadu_si256((const simde__m256i *)(const void *)low);
}

/* NOLINTBEGIN(clang-diagnostic-reserved-identifier): the names are the compiler's */
#define _mm512_cvtepi32_epi16   emulated_low_words
#define _mm512_maskz_loadu_epi8 emulated_load
#define _mm512_mask_storeu_epi8 emulated_store
#define _mm512_stream_si512     emulated_stream
/* SIMDe 0.7 gives this name to the operation with a mask. */
#undef _mm512_madd_epi16
#define _mm512_madd_epi16 simde_mm512_madd_epi16
/* NOLINTEND(clang-diagnostic-reserved-identifier) */

#endif
