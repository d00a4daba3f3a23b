/* mixer — tone, 3×3 or 3×4 matrix, tone on 8-bit colours, as three lookups and two
 * additions a pixel, then a lookup or a straight piece a channel.
 *
 * A matrix of three looked-up values is a sum of three looked-up columns. Each entry of
 * `in` holds such a column: the parts that this sample adds to red, green and blue, as
 * three unsigned numbers of `lane` bits in one word (red lowest). No sum of entries
 * overflows its lane. The top `bits` bits of a sum choose the entry of `out`.
 * Threads: kernels as in kernels.h; each fill runs once, while the table is made.
 */
#ifndef LUTIST_KERNELS_MIXER_H
#define LUTIST_KERNELS_MIXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MIXER_LANE = 21, MIXER_MOST_BITS = 16, MIXER_MARK = 256 };
enum { MIXER_PIECES = 16, MIXER_COARSE = 12, MIXER_FRACTION = 5 };

/* Numbers of 16 bits, as their low and high bytes. */
typedef struct MixerWords {
    uint8_t low[MIXER_PIECES], high[MIXER_PIECES];
} MixerWords;

/* One curve over all sums of 16 bits, as straight pieces. Row 0 has a piece for each
 * 1 << MIXER_COARSE numbers, row 1 narrower ones for the least numbers.
 *
 * A sum's number x is sum - zero, or 0 if that is negative. Its piece i is x >> fine in
 * row 1 if that is less than MIXER_PIECES, else x >> MIXER_COARSE in row 0. Its value
 * is base[i] + ((int16_t)(x << 3) * slope[i] >> 16) in wrapping words, both signed, and
 * the result is value >> MIXER_FRACTION, clamped to 0 … 255. */
typedef struct MixerCurve {
    MixerWords base[2], slope[2]; /* rows 0 and 1; 0 where row 0 has pieces of row 1 */
    uint16_t zero;
    int fine; /* 8 to MIXER_COARSE, which means: there is no row 1 */
} MixerCurve;

typedef struct MixerTables {
    uint64_t in[3][256];   /* one for red, green and blue in; bit 63 is clear */
    const uint8_t *out[3]; /* 1 << bits entries each; equal pointers are fine */
    /* The same entries; those of interest to the caller carry MIXER_MARK. */
    const uint16_t *marked[3];
    bool has_marks; /* any; for the caller */
    int lane;       /* MIXER_LANE; 16 with a curve */
    int bits;       /* 1 to MIXER_MOST_BITS, no more than `lane` */
    /* NULL, or what `out` holds in all three channels: lane and bits are 16. */
    const MixerCurve *curve;
} MixerTables;

/* With sum = in[0][r] + in[1][g] + in[2][b], channel c of the result is out[c][(sum >>
 * (lane * (c + 1) - bits)) & ((1 << bits) - 1)]; alpha is copied. As in kernels.h; src
 * and dst may be equal. Exact: integers only. */
typedef void (*mixer_fn)(uint8_t *dst, const uint8_t *src, size_t n,
                         const MixerTables *tables);

/* The same through `marked` instead of `out`; the low eight bits are the result.
 * found[0 … returned) are the pixels with a mark in any channel, rising; there is room
 * for n. `curve` is not looked at. */
typedef size_t (*mixer_marked_fn)(uint8_t *dst, const uint8_t *src, size_t n,
                                  const MixerTables *tables, uint32_t *found);

typedef struct MixerKernels {
    mixer_fn u8[2]; /* RGB, RGBA */
    /* The same for tables with a curve, by its pieces where that is faster. */
    mixer_fn curve_u8[2];
    /* And for results larger than the caches: stores may bypass them. Other threads see
     * the result after any later lock or atomic release. */
    mixer_fn curve_stream[2];
    mixer_marked_fn marked_u8[2];
} MixerKernels;

void mixer_fill_c(MixerKernels *kernels);
void mixer_fill_avx2(MixerKernels *kernels);
void mixer_curve_fill_avx2(MixerKernels *kernels);
void mixer_curve_fill_avx512(MixerKernels *kernels);

/* The value of a number x (see MixerCurve), in 1 ÷ 2^MIXER_FRACTION steps. */
int mixer_curve_value(const MixerCurve *curve, unsigned x);
/* The 65,536 entries of `out` that the curve stands for. */
void mixer_curve_entries(const MixerCurve *curve, uint8_t *out);

#endif
