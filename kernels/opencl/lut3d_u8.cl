/* lut3d/lut3d_u8.h. The head: points a side, bits, the places of the points and of three
 * tables of positions. */
enum { BLUE, GREEN, RED = 3, AXIS_BITS = 3, KEY = 0xFFFF };
enum { PLACE_BITS = 16, WEIGHT_BITS = 14, CUT_BITS = 2, ONE = 1 << WEIGHT_BITS };

static inline int key_of(uint place, int axis)
{
    return (int)(place & (KEY & ~AXIS_BITS)) | axis;
}

static inline bool map_pixel(sample *d, const sample *s, global const uchar *tables)
{
    const int size = HEAD[0], bits = HEAD[1];
    const int strides[4] = {size * size, size, 0, 1};
    uint place[3];
    for (int c = 0; c < 3; c++)
        place[c] = ((global const uint *)(tables + HEAD[3 + c]))[s[c]];
    global const short4 *v0 = (global const short4 *)(tables + HEAD[2]) +
                              (place[0] >> PLACE_BITS) +
                              (place[1] >> PLACE_BITS) * strides[GREEN] +
                              (place[2] >> PLACE_BITS) * strides[BLUE];
    int r = key_of(place[0], RED), g = key_of(place[1], GREEN);
    int b = key_of(place[2], BLUE);
    int first = max(max(r, g), b), last = min(min(r, g), b);
    int middle = max(min(r, g), min(max(r, g), b));
    int f1 = first >> CUT_BITS, f2 = middle >> CUT_BITS, f3 = last >> CUT_BITS;
    global const short4 *v3 = v0 + size * size + size + 1;
    int4 sum = (ONE - f1) * convert_int4(v0[0]) +
               (f1 - f2) * convert_int4(v0[strides[first & AXIS_BITS]]) +
               (f2 - f3) * convert_int4(v3[-strides[last & AXIS_BITS]]) +
               f3 * convert_int4(v3[0]);
    uchar4 made = convert_uchar4_sat(sum >> (WEIGHT_BITS + bits));
    d[0] = made.x;
    d[1] = made.y;
    d[2] = made.z;
    return true;
}
