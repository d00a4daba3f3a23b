/* mixer — tone, 3×3 or 3×4 matrix, tone on 8-bit colours, as three lookups and two
 * additions a pixel.
 *
 * A matrix of three looked-up values is a sum of three looked-up columns. Each entry of
 * `in` holds such a column: the parts that this sample adds to red, green and blue, as
 * three unsigned numbers of MIXER_LANE bits in one word (red lowest). No sum of entries
 * overflows its lane. The top `bits` bits of a sum choose the entry of `out`.
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_MIXER_H
#define LUTIST_KERNELS_MIXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MIXER_LANE = 21, MIXER_MOST_BITS = 16, MIXER_MARK = 256 };

typedef struct MixerTables {
    uint64_t in[3][256];   /* one for red, green and blue in; bit 63 is clear */
    const uint8_t *out[3]; /* 1 << bits entries each; equal pointers are fine */
    /* The same entries; those of interest to the caller carry MIXER_MARK. */
    const uint16_t *marked[3];
    bool has_marks; /* any; for the caller */
    int bits;       /* 1 to MIXER_MOST_BITS */
} MixerTables;

/* With sum = in[0][r] + in[1][g] + in[2][b], channel c of the result is out[c][(sum >>
 * (MIXER_LANE * (c + 1) - bits)) & ((1 << bits) - 1)]; alpha is copied. As in
 * kernels.h; src and dst may be equal. Exact: integers only. */
typedef void (*mixer_fn)(uint8_t *dst, const uint8_t *src, size_t n,
                         const MixerTables *tables);

/* The same through `marked` instead of `out`; the low eight bits are the result.
 * found[0 … returned) are the pixels with a mark in any channel, rising; there is room
 * for n. */
typedef size_t (*mixer_marked_fn)(uint8_t *dst, const uint8_t *src, size_t n,
                                  const MixerTables *tables, uint32_t *found);

typedef struct MixerKernels {
    mixer_fn u8[2]; /* RGB, RGBA */
    mixer_marked_fn marked_u8[2];
} MixerKernels;

void mixer_fill_c(MixerKernels *kernels);
void mixer_fill_avx2(MixerKernels *kernels);

#endif
