/* lut1d.h: dst[i] = table[src[i]]. The head has the places of three tables.
 *
 * On a GPU the tables of bytes go to local memory, where work items that want different
 * entries do not wait for each other. */
#define LEVELS (1 << DEPTH)
/* Pixels, or samples, that are loaded and stored as vectors; a CPU has its caches for that,
 * and compiles the loop of the ends alone much faster. */
#define BLOCK 16

#if DEPTH == 8 && !CPU
#define TABLE_COPIES(N)                                                                \
    local sample copies[(N)*LEVELS];                                                   \
    for (uint i = get_local_id(0); i < (N)*LEVELS; i += get_local_size(0))             \
        copies[i] = (tables + HEAD[i / LEVELS])[i % LEVELS];                           \
    barrier(CLK_LOCAL_MEM_FENCE);
#define TABLE(C) (copies + (C)*LEVELS)
#else
#define TABLE_COPIES(N)
#define TABLE(C) ((global const sample *)(tables + HEAD[C]))
#endif

#if DEPTH == 8 && CPU && defined(__AVX2__)
#define REGISTERS 1
#ifdef __AVX512BW__
#define WIDE 64
#define SHUFFLE __builtin_ia32_pshufb512
#else
#define WIDE 32
#define SHUFFLE __builtin_ia32_pshufb256
#endif
typedef uchar vector __attribute__((ext_vector_type(WIDE)));
typedef uchar unaligned_vector __attribute__((ext_vector_type(WIDE), aligned(1)));
typedef char signed_vector __attribute__((ext_vector_type(WIDE)));

/* Rows of 16 entries, each so often as a register holds it. The shuffle takes the low
 * four bits of an index, and gives 0 where its top bit is set: rows k and k + 8 are an
 * or of two. Bits 4 to 6 choose among these eight. */
#define PARTS 16

static inline void read_table(signed_vector parts[PARTS], global const uchar *table)
{
    for (int k = 0; k < PARTS; k++) {
        union {
            uchar16 rows[WIDE / 16];
            signed_vector all;
        } made;
        for (int i = 0; i < WIDE / 16; i++)
            made.rows[i] = vload16(k, table);
        parts[k] = made.all;
    }
}

static inline vector look_up_vector(const signed_vector parts[PARTS], vector v)
{
    const signed_vector at = __builtin_astype(v, signed_vector);
    const signed_vector flipped = __builtin_astype(v ^ (uchar)128, signed_vector);
    const signed_vector bit6 = at + at, bit5 = bit6 + bit6, bit4 = bit5 + bit5;
    signed_vector found[PARTS / 2];
#pragma unroll
    for (int k = 0; k < PARTS / 2; k++)
        found[k] = SHUFFLE(parts[k], at) | SHUFFLE(parts[k + PARTS / 2], flipped);
#pragma unroll
    for (int k = 0; k < PARTS / 2; k += 2)
        found[k] = bit4 < (char)0 ? found[k + 1] : found[k];
#pragma unroll
    for (int k = 0; k < PARTS / 2; k += 4)
        found[k] = bit5 < (char)0 ? found[k + 2] : found[k];
    return __builtin_astype(bit6 < (char)0 ? found[4] : found[0], vector);
}

#define LOAD(P) (*(global const unaligned_vector *)(P))

/* Past the caches, where the result is so large that they do not hold it. */
static inline void store(global uchar *d, vector v, bool stream)
{
    if (stream)
        __builtin_nontemporal_store(v, (global vector *)d);
    else
        *(global unaligned_vector *)d = v;
}

static inline bool is_streamed(global const uchar *d, uint rows, uint stride)
{
    const ulong caches = 16 << 20;
    return (ulong)rows * stride >= caches && (ulong)d % WIDE == 0 && stride % WIDE == 0;
}

#if IN == OUT && IN >= 3
#define WHOLE_PIXELS 1
#define COLOURS 3

/* The bytes of channel C in vector K of IN, whose position is this modulo IN. A vector of
 * RGB begins with another channel than the one before it. One of RGBA does not, so each
 * pixel's bytes are rotated by K. In one order or another, all vectors together have a
 * channel's samples at each position once. */
#if IN == 3
#define PLACE(C, K) (((C) + 2 * WIDE * (K)) % IN)
#else
#define PLACE(C, K) (((C) + IN - (K)) % IN)
#endif

typedef struct Places {
    vector at[IN];                     /* 255 at positions 0, 1, … modulo IN */
    signed_vector rotated[IN], back[IN]; /* indices */
} Places;

/* Unrolled they are constants. */
static inline void read_places(Places *places)
{
#pragma unroll
    for (int c = 0; c < IN; c++)
#pragma unroll
        for (int i = 0; i < WIDE; i++) {
            places->at[c][i] = i % IN == c ? 255 : 0;
            places->rotated[c][i] = i % 16 / IN * IN + (i + c) % IN;
            places->back[c][i] = i % 16 / IN * IN + (i + IN - c) % IN;
        }
}

static inline vector rotate_pixels(vector v, signed_vector by)
{
    return __builtin_astype(SHUFFLE(__builtin_astype(v, signed_vector), by), vector);
}

static inline void look_up_pixels(const signed_vector tables[COLOURS][PARTS],
                                  const Places *places, vector v[IN])
{
    vector found[IN];
#pragma unroll
    for (int k = 1; IN == 4 && k < IN; k++)
        v[k] = rotate_pixels(v[k], places->rotated[k]);
#pragma unroll
    for (int c = 0; c < IN; c++) {
        found[c] = 0;
#pragma unroll
        for (int k = 0; k < IN; k++)
            found[c] |= v[k] & places->at[PLACE(c, k)];
        if (c < COLOURS)
            found[c] = look_up_vector(tables[c], found[c]);
    }
#pragma unroll
    for (int k = 0; k < IN; k++) {
        v[k] = 0;
#pragma unroll
        for (int c = 0; c < IN; c++)
            v[k] |= found[c] & places->at[PLACE(c, k)];
        if (IN == 4 && k > 0)
            v[k] = rotate_pixels(v[k], places->back[k]);
    }
}
#endif
#endif

/* Samples through one table: rows of `width` samples. */
kernel void lut_one(ARGUMENTS)
{
    TABLE_COPIES(1)
    const uint first = get_global_id(0) * PER, end = min(first + PER, width);
    global const sample *s = row_in(src, from, src_stride);
    global sample *d = row_out(dst, dst_stride);
    uint i = first;
#ifdef REGISTERS
    const bool stream = is_streamed(d + i, rows, dst_stride);
    signed_vector parts[PARTS];
    read_table(parts, TABLE(0));
    for (; i + WIDE <= end; i += WIDE)
        store(d + i, look_up_vector(parts, LOAD(s + i)), stream);
#elif !CPU
    for (; i + BLOCK <= end; i += BLOCK) {
        sample v[BLOCK];
        vstore16(vload16(0, s + i), 0, v);
#pragma unroll
        for (int k = 0; k < BLOCK; k++)
            v[k] = TABLE(0)[v[k]];
        vstore16(vload16(0, v), 0, d + i);
    }
#endif
    for (; i < end; i++)
        d[i] = TABLE(0)[s[i]];
}

/* One pixel: a table a channel, gray may become three channels, alpha is copied. */
static inline void look_up(sample *d, const sample *s, global const uchar *tables
#if DEPTH == 8 && !CPU
                           ,
                           local const sample *copies
#endif
)
{
    for (int c = 0; c < OUT; c++) {
        const bool alpha = OUT % 2 == 0 && c == OUT - 1;
        const int from = alpha ? IN - 1 : IN <= 2 ? 0 : c;
        d[c] = alpha ? s[from] : TABLE(c)[s[from]];
    }
}

#if DEPTH == 8 && !CPU
#define LOOK_UP(D, S) look_up(D, S, tables, copies)
#else
#define LOOK_UP(D, S) look_up(D, S, tables)
#endif

kernel void lut_channels(ARGUMENTS)
{
    TABLE_COPIES(3)
    const uint first = get_global_id(0) * PER, end = min(first + PER, width);
    global const sample *s = row_in(src, from, src_stride) + (size_t)first * IN;
    global sample *d = row_out(dst, dst_stride) + (size_t)first * OUT;
    uint x = first;
#ifdef WHOLE_PIXELS
    const bool stream = is_streamed(d, rows, dst_stride);
    signed_vector parts[COLOURS][PARTS];
    Places places;
    read_places(&places);
    for (int c = 0; c < COLOURS; c++)
        read_table(parts[c], TABLE(c));
    for (; x + WIDE <= end; x += WIDE, s += WIDE * IN, d += WIDE * IN) {
        vector v[IN];
#pragma unroll
        for (int k = 0; k < IN; k++)
            v[k] = LOAD(s + k * WIDE);
        look_up_pixels(parts, &places, v);
#pragma unroll
        for (int k = 0; k < IN; k++)
            store(d + k * WIDE, v[k], stream);
    }
#elif !CPU
    for (; x + BLOCK <= end; x += BLOCK, s += BLOCK * IN, d += BLOCK * OUT) {
        sample v[BLOCK * IN], w[BLOCK * OUT];
#pragma unroll
        for (int k = 0; k < IN; k++)
            vstore16(vload16(k, s), k, v);
#pragma unroll
        for (int k = 0; k < BLOCK; k++)
            LOOK_UP(w + k * OUT, v + k * IN);
#pragma unroll
        for (int k = 0; k < OUT; k++)
            vstore16(vload16(k, w), k, d);
    }
#endif
    for (; x < end; x++, s += IN, d += OUT) {
        sample v[IN], w[OUT];
        for (int c = 0; c < IN; c++)
            v[c] = s[c];
        LOOK_UP(w, v);
        for (int c = 0; c < OUT; c++)
            d[c] = w[c];
    }
}
