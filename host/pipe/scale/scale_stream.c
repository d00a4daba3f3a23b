#include "pipe/scale/scale_stream.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/scale/light_rows.h"
#include "pipe/scale/scale_axis.h"
#include "pipe/scale/scale_sums.h"

struct ScaleStream {
    /* immutable after new */
    ImageInfo in, out;
    ImageInfo held; /* of the source rows, as they are added up */
    ScaleAxis columns, rows;
    LightRows *light; /* owned; NULL: samples are added up as they are */
    size_t row;       /* bytes of a held row */
    /* the state */
    uint8_t *ring;    /* owned: the last rows.taps source rows; row y is y % taps */
    uint8_t *scaled;  /* owned: an output row as it was added up */
    uint8_t *encoded; /* owned: the same as it is put; NULL: without `light` */
    ScaleSums sums;
    int taken, given; /* source and output rows */
};

static ImageInfo held_info(ImageInfo in, bool linear)
{
    if (linear)
        in.depth = 16;
    return in;
}

static bool make(ScaleStream *s, bool linear, Err *err)
{
    ImageInfo scaled = {s->out.width, 1, s->held.channels, s->held.depth};
    if (!scale_axis_init(&s->columns, 0, s->in.width, s->in.width, s->out.width, err) ||
        !scale_sums_axis(&s->rows, 0, s->in.height, s->held, s->out.height, err) ||
        !scale_sums_init(&s->sums, &s->columns, s->rows.taps, s->held, s->out.width,
                         err))
        return false;
    s->ring = mem_try((size_t)s->rows.taps, s->row, err);
    s->scaled = s->ring ? mem_try(image_row_bytes(scaled), 1, err) : NULL;
    if (!s->scaled || !linear)
        return s->scaled;
    s->encoded = mem_try(image_row_bytes(s->out), 1, err);
    s->light = s->encoded ? light_rows_new(s->in.depth, s->in.channels, err) : NULL;
    return s->light;
}

ScaleStream *scale_stream_new(ImageInfo in, ImageInfo out, bool linear, Err *err)
{
    ScaleStream *s = mem_new(1, sizeof *s);
    REQUIRE(in.channels == out.channels && in.depth == out.depth);
    REQUIRE(out.width <= in.width && out.height <= in.height);
    s->in = in;
    s->out = out;
    s->held = held_info(in, linear);
    s->row = image_row_bytes(s->held);
    if (make(s, linear, err))
        return s;
    scale_stream_free(s);
    return NULL;
}

void scale_stream_free(ScaleStream *stream)
{
    if (!stream)
        return;
    scale_axis_term(&stream->columns);
    scale_axis_term(&stream->rows);
    scale_sums_term(&stream->sums);
    light_rows_free(stream->light);
    mem_free(stream->ring);
    mem_free(stream->scaled);
    mem_free(stream->encoded);
    mem_free(stream);
}

/* As scale_sums_axis has it: weights, whole ones too, and two numbers an output pixel.
 */
static uint64_t axis_memory(int size, int out, int *taps)
{
    *taps = 4 * (size / out + 1) + 1;
    return (uint64_t)out *
           (*taps * (sizeof(float) + sizeof(int16_t)) + 2 * sizeof(int));
}

uint64_t scale_stream_memory(ImageInfo in, ImageInfo out, bool linear)
{
    ImageInfo held = held_info(in, linear);
    int across, down;
    uint64_t axes = axis_memory(in.width, out.width, &across) +
                    axis_memory(in.height, out.height, &down);
    int taps = across > down ? across : down;
    return axes + (uint64_t)down * image_row_bytes(held) + 2 * image_row_bytes(held) +
           scale_sums_memory(taps, held, out.width) + (linear ? LIGHT_BYTES : 0);
}

/* The output row whose source rows are all there. */
static bool give(ScaleStream *s, scale_put_fn put, void *context, Err *err)
{
    int y = s->given++, taps = s->rows.count[y];
    for (int i = 0; i < taps; i++) {
        size_t slot = (size_t)((s->rows.first[y] + i) % s->rows.taps);
        s->sums.rows[i] = s->ring + slot * s->row;
    }
    scale_sums_add(&s->sums, &s->rows, y);
    scale_sums_put(&s->sums, s->scaled);
    if (!s->light)
        return put(context, s->scaled, image_row_bytes(s->out), 1, err);
    light_rows_encode(s->light, s->scaled, s->encoded, s->out.width);
    return put(context, s->encoded, image_row_bytes(s->out), 1, err);
}

static void take(ScaleStream *s, const uint8_t *row)
{
    uint8_t *slot = s->ring + (size_t)(s->taken++ % s->rows.taps) * s->row;
    if (s->light)
        light_rows_decode(s->light, row, slot, s->in.width);
    else
        memcpy(slot, row, s->row);
}

static bool is_complete(const ScaleStream *s)
{
    int y = s->given;
    return y < s->out.height && s->rows.first[y] + s->rows.count[y] <= s->taken;
}

bool scale_stream_push(ScaleStream *stream, const uint8_t *rows, size_t stride,
                       int count, scale_put_fn put, void *context, Err *err)
{
    for (int i = 0; i < count; i++) {
        take(stream, rows + (size_t)i * stride);
        while (is_complete(stream))
            if (!give(stream, put, context, err))
                return false;
    }
    return true;
}
