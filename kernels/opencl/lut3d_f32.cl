/* lut3d/lut3d_f32.h and line_curve.h. The head: the number of steps, the places of three
 * tables (0: none), three curves for samples, then the steps. */
enum { BLUE, GREEN, RED = 3, AXIS_BITS = 3 };

typedef struct Curve {
    int piece; /* place of its pieces; 0: the identity */
    int shift, least, most, negative;
} Curve;

typedef struct Step {
    int points; /* place; 0: a matrix */
    int size;
    float scale[3], start[3], mix;
    float matrix[3][4];
    Curve curve[3];
} Step;

typedef struct Head {
    int n_steps;
    int tone[3];
    Curve input[3];
    Step steps[1];
} Head;

static inline float along(global const Curve *curve, global const uchar *tables, float x)
{
    const int bits = as_int(x);
    int at = clamp((bits & INT_MAX) >> curve->shift, curve->least, curve->most) -
             curve->least + (bits < 0 ? curve->negative : 0);
    at = bits < 0 && !curve->negative ? 0 : at;
    float2 piece = ((global const float2 *)(tables + curve->piece))[at];
    return piece.x + piece.y * x;
}

static inline int key_of(float fraction, int axis)
{
    return (as_int(fraction) & ~AXIS_BITS) | axis;
}

static inline float fraction_of(int key)
{
    return as_float(key & ~AXIS_BITS);
}

static inline int cell_of(global const Step *step, int axis, float x, float *fraction)
{
    float most = (float)(step->size - 1), last = (float)(step->size - 2);
    float at = x * step->scale[axis] + step->start[axis];
    at = at > 0 ? at : 0;
    at = at < most ? at : most;
    float cell = floor(at);
    cell = cell < last ? cell : last;
    *fraction = at - cell;
    return (int)cell;
}

static inline float3 interpolate(global const Step *step, global const uchar *tables,
                                 float3 v)
{
    const int size = step->size;
    const int strides[4] = {3 * size * size, 3 * size, 0, 3};
    float f, g, b;
    int at = cell_of(step, 0, v.x, &f) * 3;
    at += cell_of(step, 1, v.y, &g) * strides[GREEN];
    at += cell_of(step, 2, v.z, &b) * strides[BLUE];
    int r = key_of(f, RED), n = key_of(g, GREEN), l = key_of(b, BLUE);
    int first = max(max(r, n), l), last = min(min(r, n), l);
    int middle = max(min(r, n), min(max(r, n), l));
    float f1 = fraction_of(first), f2 = fraction_of(middle), f3 = fraction_of(last);
    global const float *v0 = (global const float *)(tables + step->points) + at;
    global const float *v3 = v0 + 3 + strides[GREEN] + strides[BLUE];
    float3 p0 = vload3(0, v0), p3 = vload3(0, v3);
    float3 p1 = vload3(0, v0 + strides[first & AXIS_BITS]);
    float3 p2 = vload3(0, v3 - strides[last & AXIS_BITS]);
    float3 y = p0 + f3 * (p3 - p0);
    y = y + (f1 - f3) * (p1 - p0);
    y = y + (f2 - f3) * (p2 - p1);
    return step->mix == 1 ? y : v + step->mix * (y - v);
}

static inline float row(global const float *m, float red, float green, float blue)
{
    return m[0] * red + m[1] * green + m[2] * blue + m[3];
}

static inline float3 mixed(global const Step *step, float3 v)
{
    float green = v.y, red = v.x - green, blue = v.z - green;
    return (float3)(row(step->matrix[0], red, green, blue),
                    row(step->matrix[1], red, green, blue),
                    row(step->matrix[2], red, green, blue));
}

static inline float bent(global const Curve *curve, global const uchar *tables, float x,
                         bool *clear)
{
    if (!curve->piece)
        return x;
    float y = along(curve, tables, x);
    *clear = *clear && !isnan(y);
    return isnan(y) ? 0 : y;
}

static inline float first_value(global const Head *head, int c,
                                global const uchar *tables, uint value)
{
    if (head->tone[c])
        return ((global const float *)(tables + head->tone[c]))[value];
    global const Curve *curve = &head->input[c];
    return curve->piece ? along(curve, tables, (float)value) : (float)value;
}

static inline sample rounded(float v)
{
    const float most = (1 << DEPTH) - 1;
    float y = v < most ? v : most;
    return (sample)((y > 0 ? y : 0) + 0.5f);
}

static inline bool map_pixel(sample *d, const sample *s, global const uchar *tables)
{
    global const Head *head = (global const Head *)tables;
    bool clear = true;
    float3 v = (float3)(first_value(head, 0, tables, s[0]),
                        first_value(head, 1, tables, s[1]),
                        first_value(head, 2, tables, s[2]));
    for (int i = 0; i < head->n_steps; i++) {
        global const Step *step = &head->steps[i];
        v = step->points ? interpolate(step, tables, v) : mixed(step, v);
        v = (float3)(bent(&step->curve[0], tables, v.x, &clear),
                     bent(&step->curve[1], tables, v.y, &clear),
                     bent(&step->curve[2], tables, v.z, &clear));
    }
    d[0] = rounded(v.x);
    d[1] = rounded(v.y);
    d[2] = rounded(v.z);
    return clear;
}
