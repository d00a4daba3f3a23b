#include "pipe/scale/scale_sums.h"

#include <string.h>

#include "base/mem.h"
#include "kernels.h"
#include "pipe/scale/scale_row.h"

static size_t sum_count(const ScaleSums *sums)
{
    size_t columns = (size_t)(sums->columns->high - sums->columns->low);
    return columns * (size_t)sums->in.channels;
}

/* Bytes are added up in whole numbers; colours times alpha are too large for that. */
static bool is_whole(ImageInfo in)
{
    return in.depth == 8 && !image_has_alpha(in);
}

bool scale_sums_axis(ScaleAxis *rows, double from, double extent, ImageInfo in, int out,
                     Err *err)
{
    return scale_axis_init(rows, from, extent, in.height, out, err) &&
           (!is_whole(in) || scale_axis_make_whole(rows, out, err));
}

bool scale_sums_init(ScaleSums *sums, const ScaleAxis *columns, int taps, ImageInfo in,
                     int width, Err *err)
{
    *sums = (ScaleSums){.columns = columns, .in = in, .width = width};
    size_t count = sum_count(sums), slack = scale_row_slack(columns, in.channels);
    size_t pixels = (size_t)width * WEIGH_LANES;
    sums->sums = mem_alloc((count + slack) * sizeof *sums->sums, err);
    sums->pixels = mem_alloc(pixels * sizeof *sums->pixels, err);
    sums->rows = mem_alloc((size_t)taps * sizeof *sums->rows, err);
    if (!sums->sums || !sums->pixels || !sums->rows)
        return false;
    memset(sums->sums + count, 0, slack * sizeof *sums->sums);
    return true;
}

void scale_sums_term(ScaleSums *sums)
{
    mem_free(sums->sums);
    mem_free(sums->pixels);
    mem_free(sums->rows);
}

uint64_t scale_sums_memory(int taps, ImageInfo in, int width)
{
    uint64_t columns = (uint64_t)in.width + (uint64_t)taps + WEIGH_LANES;
    return (columns * (uint64_t)in.channels + (uint64_t)width * WEIGH_LANES) *
               sizeof(float) +
           (uint64_t)taps * sizeof(void *);
}

void scale_sums_of(ImageInfo in, float *sums, const void *const *from,
                   const ScaleAxis *rows, int y, size_t n)
{
    const WeighKernels *kernels = &kernels_at(cpu_level())->weigh;
    size_t at = (size_t)y * (size_t)rows->taps;
    int taps = rows->count[y];
    if (is_whole(in))
        kernels->whole_u8(sums, from, rows->whole + at, rows->unit, taps, n);
    else
        (in.depth == 8 ? kernels->u8 : kernels->u16)[in.channels](
            sums, from, rows->weights + at, taps, n);
}

void scale_sums_add(ScaleSums *sums, const ScaleAxis *rows, int y)
{
    size_t pixel = (size_t)sums->in.channels * (size_t)sums->in.depth / 8;
    size_t skip = (size_t)sums->columns->low * pixel;
    for (int i = 0; i < rows->count[y]; i++)
        sums->rows[i] = (const uint8_t *)sums->rows[i] + skip;
    scale_sums_of(sums->in, sums->sums, sums->rows, rows, y, sum_count(sums));
}

void scale_sums_put(const ScaleSums *sums, uint8_t *out)
{
    ImageInfo info = sums->in;
    info.width = sums->width;
    scale_row_put(sums->columns, sums->sums, sums->pixels, info, out);
}
