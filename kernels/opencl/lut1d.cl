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

#if DEPTH == 8 && CPU && defined(__AVX512BW__)
#define REGISTERS 1
typedef uchar vector __attribute__((ext_vector_type(64)));
typedef uchar unaligned_vector __attribute__((ext_vector_type(64), aligned(1)));
typedef char signed_vector __attribute__((ext_vector_type(64)));

/* The table's rows of 16 entries, each four times in a register: of the sixteen shuffles
 * by a sample's low half, its high half takes one. */
static inline vector four_times(uchar16 row)
{
    union {
        uchar16 rows[4];
        vector all;
    } made = {{row, row, row, row}};
    return made.all;
}

static inline vector look_up_vector(const vector rows[16], vector v)
{
    const vector low = v & (uchar)15, high = v >> (uchar)4;
    vector made = 0;
#pragma unroll
    for (int k = 0; k < 16; k++) {
        signed_vector found = __builtin_ia32_pshufb512(
            __builtin_astype(rows[k], signed_vector),
            __builtin_astype(low, signed_vector));
        made |= __builtin_astype(found & (high == (vector)(uchar)k), vector);
    }
    return made;
}

static inline void read_rows(vector rows[16], global const uchar *table)
{
    for (int k = 0; k < 16; k++)
        rows[k] = four_times(vload16(k, table));
}

/* Three vectors of pixels hold a channel's samples at places that differ from vector to
 * vector, so three masks gather them, in an order that a lookup does not mind. */
static inline void look_up_pixels(const vector rows[3][16], const vector third[3],
                                  const vector in[3], vector out[3])
{
    vector found[3];
#pragma unroll
    for (int c = 0; c < 3; c++)
        found[c] = look_up_vector(rows[c], (in[0] & third[c]) | (in[1] & third[(c + 2) % 3]) |
                                               (in[2] & third[(c + 1) % 3]));
#pragma unroll
    for (int v = 0; v < 3; v++)
        out[v] = (found[0] & third[(3 - v) % 3]) | (found[1] & third[(4 - v) % 3]) |
                 (found[2] & third[(5 - v) % 3]);
}
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
    vector rows_of_table[16];
    read_rows(rows_of_table, TABLE(0));
    for (; i + 64 <= end; i += 64) {
        const vector v = *(global const unaligned_vector *)(s + i);
        *(global unaligned_vector *)(d + i) = look_up_vector(rows_of_table, v);
    }
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
#if defined(REGISTERS) && IN == 3 && OUT == 3
    vector rows_of_table[3][16], third[3];
    for (int c = 0; c < 3; c++) {
        read_rows(rows_of_table[c], TABLE(c));
        for (int k = 0; k < 64; k++)
            third[c][k] = k % 3 == c ? 255 : 0;
    }
    for (; x + 64 <= end; x += 64, s += 192, d += 192) {
        vector in[3], out[3];
        for (int v = 0; v < 3; v++)
            in[v] = ((global const unaligned_vector *)s)[v];
        look_up_pixels(rows_of_table, third, in, out);
        for (int v = 0; v < 3; v++)
            ((global unaligned_vector *)d)[v] = out[v];
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
