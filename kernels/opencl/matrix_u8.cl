/* matrix/matrix_u8.h. The head: nine weights by rows, three biases, and the bits. */
static inline int rounded(int value, int bits)
{
    return (value + (1 << (bits - 1))) >> bits;
}

static inline bool map_pixel(sample *d, const sample *s, global const uchar *tables)
{
    global const int *weight = HEAD, *bias = HEAD + 9;
    const int bits = HEAD[12];
    for (int c = 0; c < 3; c++) {
        int sum = bias[c];
        for (int k = 0; k < 3; k++)
            sum += rounded((s[k] - 128) * weight[c * 3 + k], 7);
        d[c] = convert_uchar_sat(rounded((short)sum, bits - 7));
    }
    return true;
}
