#include "image/scale/scale.h"

#include <string.h>

#include "base/mem.h"
#include "image/scale/scale_axis.h"

/* Output rows a worker takes at a time, at most. */
enum { BAND_ROWS = 16 };

typedef struct Scaling {
    /* immutable while workers run */
    const Image *source;
    Image *out;
    ScaleAxis columns, rows;
    int band; /* output rows each */
    Cancel *cancel;
    /* atomic */
    atomic_bool starved; /* a worker got no memory */
} Scaling;

/* Add one source row, times `weight`, to the sums of a column each. Colours are
 * weighted by alpha: a transparent pixel's colour means nothing and would show at the
 * edges. */
#define DEFINE_ADD(SAMPLE, TYPE)                                                       \
    static void add_plain_##SAMPLE(float *sums, const TYPE *row, size_t n, float w)    \
    {                                                                                  \
        for (size_t i = 0; i < n; i++)                                                 \
            sums[i] += w * (float)row[i];                                              \
    }                                                                                  \
    static void add_ga_##SAMPLE(float *sums, const TYPE *row, size_t n, float w)       \
    {                                                                                  \
        for (size_t i = 0; i < n; i += 2) {                                            \
            float alpha = w * (float)row[i + 1];                                       \
            sums[i] += alpha * (float)row[i];                                          \
            sums[i + 1] += alpha;                                                      \
        }                                                                              \
    }                                                                                  \
    static void add_rgba_##SAMPLE(float *sums, const TYPE *row, size_t n, float w)     \
    {                                                                                  \
        for (size_t i = 0; i < n; i += 4) {                                            \
            float alpha = w * (float)row[i + 3];                                       \
            sums[i] += alpha * (float)row[i];                                          \
            sums[i + 1] += alpha * (float)row[i + 1];                                  \
            sums[i + 2] += alpha * (float)row[i + 2];                                  \
            sums[i + 3] += alpha;                                                      \
        }                                                                              \
    }                                                                                  \
    static void add_##SAMPLE(float *sums, const TYPE *row, size_t n, int channels,     \
                             float w)                                                  \
    {                                                                                  \
        if (channels == 4)                                                             \
            add_rgba_##SAMPLE(sums, row, n, w);                                        \
        else if (channels == 2)                                                        \
            add_ga_##SAMPLE(sums, row, n, w);                                          \
        else                                                                           \
            add_plain_##SAMPLE(sums, row, n, w);                                       \
    }

DEFINE_ADD(u8, uint8_t)
DEFINE_ADD(u16, uint16_t)

/* Add up the source rows of output row y, columns [low, high), into `sums`. */
static void sum_rows(const Scaling *s, int y, float *sums)
{
    ImageInfo info = s->source->info;
    size_t skip = (size_t)s->columns.low * (size_t)info.channels;
    size_t n = (size_t)(s->columns.high - s->columns.low) * (size_t)info.channels;
    const float *weights = s->rows.weights + (size_t)y * (size_t)s->rows.taps;
    memset(sums, 0, n * sizeof *sums);
    for (int i = 0; i < s->rows.count[y]; i++) {
        const uint8_t *row = image_row(s->source, s->rows.first[y] + i);
        if (info.depth == 8)
            add_u8(sums, row + skip, n, info.channels, weights[i]);
        else
            add_u16(sums, (const uint16_t *)(const void *)row + skip, n, info.channels,
                    weights[i]);
    }
}

/* One output pixel from the sums; `channels` is a constant where this is inlined. */
static inline void sum_columns(const float *sums, const float *weights, int count,
                               int channels, float pixel[4])
{
    float total[4] = {0};
    for (int i = 0; i < count; i++, sums += channels)
        for (int c = 0; c < channels; c++)
            total[c] += weights[i] * sums[c];
    memcpy(pixel, total, sizeof total);
}

static void sum_pixel(const Scaling *s, const float *sums, int x, float pixel[4])
{
    const ScaleAxis *columns = &s->columns;
    const float *weights = columns->weights + (size_t)x * (size_t)columns->taps;
    int channels = s->source->info.channels, count = columns->count[x];
    sums += (size_t)(columns->first[x] - columns->low) * (size_t)channels;
    if (channels == 1)
        sum_columns(sums, weights, count, 1, pixel);
    else if (channels == 2)
        sum_columns(sums, weights, count, 2, pixel);
    else if (channels == 3)
        sum_columns(sums, weights, count, 3, pixel);
    else
        sum_columns(sums, weights, count, 4, pixel);
}

static void divide_by_alpha(float *pixel, int channels)
{
    float alpha = pixel[channels - 1];
    for (int c = 0; c < channels - 1; c++)
        pixel[c] = alpha > 0 ? pixel[c] / alpha : 0;
}

/* Some weights are negative: a sum may pass both ends. */
static unsigned round_to(float value, float max)
{
    float inside = value < 0 ? 0 : value < max ? value : max;
    return (unsigned)(inside + 0.5f);
}

static void put_row(const Scaling *s, const float *sums, int y)
{
    ImageInfo info = s->out->info;
    uint8_t *out = image_row(s->out, y);
    uint16_t *out16 = (uint16_t *)(void *)out;
    for (int x = 0; x < info.width; x++) {
        float pixel[4];
        sum_pixel(s, sums, x, pixel);
        if (image_has_alpha(info))
            divide_by_alpha(pixel, info.channels);
        for (int c = 0; c < info.channels; c++)
            if (info.depth == 8)
                *out++ = (uint8_t)round_to(pixel[c], 255);
            else
                *out16++ = (uint16_t)round_to(pixel[c], 65535);
    }
}

static void weigh_band(void *arg, int index)
{
    Scaling *s = arg;
    size_t columns = (size_t)(s->columns.high - s->columns.low);
    size_t channels = (size_t)s->source->info.channels;
    float *sums = mem_alloc(columns * channels * sizeof *sums, NULL);
    if (!sums) {
        atomic_store(&s->starved, true);
        return;
    }
    int y = index * s->band, end = y + s->band;
    for (; y < end && y < s->out->info.height && !cancel_is_set(s->cancel); y++) {
        sum_rows(s, y, sums);
        put_row(s, sums, y);
    }
    mem_free(sums);
}

/* `size` is a constant where this is inlined. */
static inline void copy_pixels(uint8_t *out, const uint8_t *row, const int *from, int n,
                               size_t size)
{
    for (int x = 0; x < n; x++, out += size)
        memcpy(out, row + (size_t)from[x] * size, size);
}

static void copy_row(const Scaling *s, int y)
{
    const int *from = s->columns.first;
    const uint8_t *row = image_row(s->source, s->rows.first[y]);
    uint8_t *out = image_row(s->out, y);
    ImageInfo info = s->out->info;
    switch (info.channels * info.depth / 8) {
    case 1:
        copy_pixels(out, row, from, info.width, 1);
        break;
    case 3:
        copy_pixels(out, row, from, info.width, 3);
        break;
    case 4:
        copy_pixels(out, row, from, info.width, 4);
        break;
    case 6:
        copy_pixels(out, row, from, info.width, 6);
        break;
    default:
        copy_pixels(out, row, from, info.width,
                    (size_t)info.channels * (size_t)info.depth / 8);
    }
}

static void copy_band(void *arg, int index)
{
    Scaling *s = arg;
    int begin = index * s->band, end = begin + s->band;
    for (int y = begin; y < end && y < s->out->info.height; y++)
        if (y > begin && s->rows.first[y] == s->rows.first[y - 1])
            memcpy(image_row(s->out, y), image_row(s->out, y - 1),
                   image_row_bytes(s->out->info));
        else
            copy_row(s, y);
}

static bool run(Scaling *s, Pool *pool, Err *err)
{
    int height = s->out->info.height;
    /* A small output of a large source still gives every thread something to do. */
    int fair = height / (4 * pool_threads(pool));
    s->band = fair < 1 ? 1 : fair < BAND_ROWS ? fair : BAND_ROWS;
    bool plain = s->columns.plain && s->rows.plain;
    int bands = (height + s->band - 1) / s->band;
    bool all = pool_for(pool, bands, plain ? copy_band : weigh_band, s, s->cancel);
    if (!all || cancel_is_set(s->cancel))
        return err_set(err, ERR_CANCELLED, "scaling was cancelled");
    return !atomic_load(&s->starved) ||
           err_set(err, ERR_MEMORY, "out of memory while scaling");
}

static void require_inside(ImageInfo info, ScaleArea area)
{
    const double slack = 1e-6;
    REQUIRE(area.width > 0 && area.height > 0);
    REQUIRE(area.x >= -slack && area.x + area.width <= info.width + slack);
    REQUIRE(area.y >= -slack && area.y + area.height <= info.height + slack);
}

Image *scale_area(const Image *source, ScaleArea area, int out_width, int out_height,
                  Pool *pool, Cancel *cancel, Err *err)
{
    Scaling s = {.source = source, .cancel = cancel};
    ImageInfo info = source->info;
    require_inside(info, area);
    bool done =
        scale_axis_init(&s.columns, area.x, area.width, info.width, out_width, err) &&
        scale_axis_init(&s.rows, area.y, area.height, info.height, out_height, err);
    info.width = out_width;
    info.height = out_height;
    if (done)
        s.out = image_new(info, err);
    if (s.out && !run(&s, pool, err))
        image_unref(&s.out);
    scale_axis_term(&s.columns);
    scale_axis_term(&s.rows);
    return s.out;
}
