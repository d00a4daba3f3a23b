/* mixer.h. The head: lane, bits, whether entries are marked, the places of the three
 * tables of columns, and of the three of results: ushort where they are marked, else
 * uchar. */
static inline uint entry(global const uchar *table, bool marked, uint at)
{
    return marked ? ((global const ushort *)table)[at] : table[at];
}

static inline bool map_pixel(sample *d, const sample *s, global const uchar *tables)
{
    const int lane = HEAD[0], bits = HEAD[1];
    const bool marked = HEAD[2];
    ulong sum = 0;
    for (int c = 0; c < 3; c++)
        sum += ((global const ulong *)(tables + HEAD[3 + c]))[s[c]];
    uint all = 0;
    for (int c = 0; c < 3; c++) {
        uint at = (uint)(sum >> (lane * (c + 1) - bits)) & ((1u << bits) - 1);
        uint value = entry(tables + HEAD[6 + c], marked, at);
        d[c] = (sample)value;
        all |= value;
    }
    return all < 256;
}
