#include "pipe/scale/scale.h"

#include <string.h>

#include "base/mem.h"
#include "kernels.h"
#include "pipe/scale/scale_axis.h"
#include "pipe/scale/scale_row.h"

/* Output rows a worker takes at a time, at most. */
enum { BAND_ROWS = 16 };

typedef struct Scaling {
    /* immutable while workers run */
    const Image *source;
    Image *out;
    ScaleAxis columns, rows;
    weigh_fn weigh;
    int band; /* output rows each */
    Cancel *cancel;
    /* atomic */
    atomic_bool starved; /* a worker got no memory */
} Scaling;

/* Add one source row, times `weight`, to the sums of a column each. Colours are
 * weighted by alpha: a transparent pixel's colour means nothing and would show at the
 * edges. */
#define DEFINE_ADD(SAMPLE, TYPE)                                                       \
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
        (channels == 4 ? add_rgba_##SAMPLE : add_ga_##SAMPLE)(sums, row, n, w);        \
    }

DEFINE_ADD(u8, uint8_t)
DEFINE_ADD(u16, uint16_t)

/* A worker's memory for one output row. */
typedef struct Sums {
    float *columns;    /* of the source rows */
    float *pixels;     /* of the columns */
    const void **rows; /* the source rows, from column `low` on */
} Sums;

static bool sums_init(Sums *sums, const Scaling *s)
{
    int channels = s->source->info.channels;
    size_t columns = (size_t)(s->columns.high - s->columns.low) * (size_t)channels;
    size_t slack = scale_row_slack(&s->columns, channels);
    size_t pixels = (size_t)s->out->info.width * WEIGH_LANES;
    sums->columns = mem_alloc((columns + slack) * sizeof *sums->columns, NULL);
    sums->pixels = mem_alloc(pixels * sizeof *sums->pixels, NULL);
    sums->rows = mem_alloc((size_t)s->rows.taps * sizeof *sums->rows, NULL);
    if (!sums->columns || !sums->pixels || !sums->rows)
        return false;
    memset(sums->columns + columns, 0, slack * sizeof *sums->columns);
    return true;
}

static void sums_term(Sums *sums)
{
    mem_free(sums->columns);
    mem_free(sums->pixels);
    mem_free(sums->rows);
}

static void sum_with_alpha(const Sums *sums, ImageInfo info, const float *weights,
                           int taps, size_t n)
{
    memset(sums->columns, 0, n * sizeof *sums->columns);
    for (int i = 0; i < taps; i++)
        if (info.depth == 8)
            add_u8(sums->columns, sums->rows[i], n, info.channels, weights[i]);
        else
            add_u16(sums->columns, sums->rows[i], n, info.channels, weights[i]);
}

/* Add up the source rows of output row y, columns [low, high). */
static void sum_rows(const Scaling *s, int y, const Sums *sums)
{
    ImageInfo info = s->source->info;
    size_t pixel = (size_t)info.channels * (size_t)info.depth / 8;
    size_t n = (size_t)(s->columns.high - s->columns.low) * (size_t)info.channels;
    const float *weights = s->rows.weights + (size_t)y * (size_t)s->rows.taps;
    int taps = s->rows.count[y];
    for (int i = 0; i < taps; i++)
        sums->rows[i] =
            image_row(s->source, s->rows.first[y] + i) + (size_t)s->columns.low * pixel;
    if (image_has_alpha(info))
        sum_with_alpha(sums, info, weights, taps, n);
    else
        s->weigh(sums->columns, sums->rows, weights, taps, n);
}

static void weigh_band(void *arg, int index)
{
    Scaling *s = arg;
    Sums sums;
    int y = index * s->band, end = y + s->band;
    if (sums_init(&sums, s))
        for (; y < end && y < s->out->info.height && !cancel_is_set(s->cancel); y++) {
            sum_rows(s, y, &sums);
            scale_row_put(&s->columns, sums.columns, sums.pixels, s->out->info,
                          image_row(s->out, y));
        }
    else
        atomic_store(&s->starved, true);
    sums_term(&sums);
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
    ImageInfo info = source->info;
    const WeighKernels *weigh = &kernels_at(cpu_level())->weigh;
    Scaling s = {.source = source,
                 .weigh = info.depth == 8 ? weigh->u8 : weigh->u16,
                 .cancel = cancel};
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
