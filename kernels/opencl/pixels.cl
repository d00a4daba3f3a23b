/* pixels — the loop of the kernels that map a pixel of three or four samples by a
 * function of its own: map_pixel(out, in, tables), which is false if the host is to work
 * the pixel out. It stands behind that function; alpha is copied. */
#define BLOCK 16

static inline bool map_colour(sample *d, const sample *s, global const uchar *tables)
{
    bool clear = map_pixel(d, s, tables);
    if (IN == 4)
        d[3] = s[3];
    return clear;
}

kernel void map_pixels(ARGUMENTS)
{
    const uint first = get_global_id(0) * PER, end = min(first + PER, width);
    global const sample *s = row_in(src, from, src_stride) + (size_t)first * IN;
    global sample *d = row_out(dst, dst_stride) + (size_t)first * IN;
    uint x = first;
#if !CPU /* a CPU has its caches, and compiles the loop of the ends alone much faster */
    for (; x + BLOCK <= end; x += BLOCK, s += BLOCK * IN, d += BLOCK * IN) {
        sample v[BLOCK * IN], w[BLOCK * IN];
#pragma unroll
        for (int k = 0; k < IN; k++)
            vstore16(vload16(k, s), k, v);
        for (int k = 0; k < BLOCK; k++)
            if (!map_colour(w + k * IN, v + k * IN, tables))
                tell(found, room, width, x + k);
#pragma unroll
        for (int k = 0; k < IN; k++)
            vstore16(vload16(k, w), k, d);
    }
#endif
    for (; x < end; x++, s += IN, d += IN) {
        sample v[IN], w[IN];
        for (int c = 0; c < IN; c++)
            v[c] = s[c];
        if (!map_colour(w, v, tables))
            tell(found, room, width, x);
        for (int c = 0; c < IN; c++)
            d[c] = w[c];
    }
}
