/* halve.h, for whole images: at an odd edge the last column or row counts twice. A work
 * item makes PER pixels of dst. */
#if DEPTH == 8
typedef uint wide;
#else
typedef ulong wide;
#endif

static inline sample weighted(const wide v[4], const wide alpha[4], wide total)
{
    wide sum = v[0] * alpha[0] + v[1] * alpha[1] + v[2] * alpha[2] + v[3] * alpha[3];
    return (sample)(total ? (sum + total / 2) / total : 0);
}

/* A pixel of dst from the columns x0 and x1 of the rows u and l. */
static inline void halve_pixel(global sample *d, global const sample *u,
                               global const sample *l, uint x0, uint x1)
{
    wide alpha[4] = {1, 1, 1, 1};
    bool even = true;
    if (IN % 2 == 0) {
        alpha[0] = u[x0 * IN + IN - 1];
        alpha[1] = u[x1 * IN + IN - 1];
        alpha[2] = l[x0 * IN + IN - 1];
        alpha[3] = l[x1 * IN + IN - 1];
        even = alpha[0] && alpha[0] == alpha[1] && alpha[0] == alpha[2] &&
               alpha[0] == alpha[3];
    }
    const wide total = alpha[0] + alpha[1] + alpha[2] + alpha[3];
    for (int c = 0; c < IN; c++) {
        const wide v[4] = {u[x0 * IN + c], u[x1 * IN + c], l[x0 * IN + c], l[x1 * IN + c]};
        const bool plain = even || (IN % 2 == 0 && c == IN - 1);
        d[c] = plain ? (sample)((v[0] + v[1] + v[2] + v[3] + 2) / 4)
                     : weighted(v, alpha, total);
    }
}

kernel void halve(ARGUMENTS)
{
    const uint y = get_global_id(1), y1 = min(2 * y + 1, rows - 1);
    const uint first = get_global_id(0) * PER, end = min(first + PER, (width + 1) / 2);
    global const sample *u = (global const sample *)(src + 2 * y * (size_t)src_stride);
    global const sample *l = (global const sample *)(src + y1 * (size_t)src_stride);
    global sample *d = row_out(dst, dst_stride);
    for (uint x = first; x < end; x++)
        halve_pixel(d + (size_t)x * IN, u, l, 2 * x, min(2 * x + 1, width - 1));
}
