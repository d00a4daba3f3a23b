#include "pipe/scale/scale.h"

#include <string.h>

#include "pipe/scale/scale_axis.h"
#include "pipe/scale/scale_group.h"
#include "pipe/scale/scale_sums.h"

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

static void weigh_band(void *arg, int index)
{
    Scaling *s = arg;
    ScaleGroup group;
    int y = index * s->band, end = y + s->band;
    end = end < s->out->info.height ? end : s->out->info.height;
    if (scale_group_init(&group, s->source, &s->columns, &s->rows, s->out))
        for (; y < end && !cancel_is_set(s->cancel); y += SCALE_GROUP_ROWS)
            scale_group_put(&group, y, end);
    else
        atomic_store(&s->starved, true);
    scale_group_term(&group);
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
    Scaling s = {.source = source, .cancel = cancel};
    require_inside(info, area);
    bool done =
        scale_axis_init(&s.columns, area.x, area.width, info.width, out_width, err) &&
        scale_sums_axis(&s.rows, area.y, area.height, info, out_height, err);
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
