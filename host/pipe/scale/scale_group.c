#include "pipe/scale/scale_group.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/scale/scale_sums.h"

/* Samples of a row that are summed up at a time: whole pixels, and with all rows of a
 * group they stay in the second-level cache. Shorter runs of the source rows are not
 * prefetched in time. */
enum { BLOCK = 6144 };

static size_t sum_count(const ScaleGroup *group)
{
    size_t columns = (size_t)(group->columns->high - group->columns->low);
    return columns * (size_t)group->source->info.channels;
}

bool scale_group_init(ScaleGroup *group, const Image *source, const ScaleAxis *columns,
                      const ScaleAxis *rows, const Image *out)
{
    *group = (ScaleGroup){source, out, columns, rows, NULL, NULL, NULL, NULL};
    size_t row = WEIGH_GROUP * sizeof(float);
    size_t channels = (size_t)out->info.channels, count = sum_count(group);
    /* read, and multiplied by 0 */
    size_t slack = (size_t)columns->taps * channels;
    group->from = mem_alloc((size_t)rows->taps * sizeof *group->from, NULL);
    group->block = mem_alloc(BLOCK * row, NULL);
    group->sums = mem_alloc((count + slack) * row, NULL);
    group->pixels = mem_alloc((size_t)out->info.width * channels * row, NULL);
    if (!group->from || !group->block || !group->sums || !group->pixels)
        return false;
    memset(group->sums + count * WEIGH_GROUP, 0, slack * row);
    return true;
}

void scale_group_term(ScaleGroup *group)
{
    mem_free(group->from);
    mem_free(group->block);
    mem_free(group->sums);
    mem_free(group->pixels);
}

/* The sums of output row y, from sample `at` of the source rows on. */
static void sum_row(const ScaleGroup *group, int y, size_t at, float *sums, size_t n)
{
    const Image *source = group->source;
    const ScaleAxis *rows = group->rows;
    size_t skip = at * (size_t)source->info.depth / 8;
    for (int i = 0; i < rows->count[y]; i++)
        group->from[i] = image_row(source, rows->first[y] + i) + skip;
    scale_sums_of(source->info, sums, group->from, rows, y, n);
}

/* Of `count` rows; the last one stands for those that a whole group has beyond. */
static void sum_rows(const ScaleGroup *group, int y, int count)
{
    const WeighGroupKernels *kernels = &kernels_at(cpu_level())->weigh_group;
    size_t channels = (size_t)group->source->info.channels, n = sum_count(group);
    size_t low = (size_t)group->columns->low * channels;
    const float *rows[WEIGH_GROUP];
    for (int r = 0; r < WEIGH_GROUP; r++)
        rows[r] = group->block + (ptrdiff_t)(r < count ? r : count - 1) * BLOCK;
    for (size_t at = 0; at < n; at += BLOCK) {
        size_t size = n - at < BLOCK ? n - at : BLOCK;
        for (int r = 0; r < count; r++)
            sum_row(group, y + r, low + at, group->block + (ptrdiff_t)r * BLOCK, size);
        kernels->gather(group->sums + at * WEIGH_GROUP, rows, size);
    }
}

/* Each row has an alpha of its own. What has none is 0. */
static void divide_by_alpha(float *pixels, int channels, int width)
{
    for (int x = 0; x < width; x++, pixels += WEIGH_GROUP) {
        const float *alpha = pixels + (ptrdiff_t)(channels - 1) * WEIGH_GROUP;
        float whole[WEIGH_GROUP], seen[WEIGH_GROUP];
        for (int r = 0; r < WEIGH_GROUP; r++) {
            seen[r] = alpha[r] > 0 ? 1 : 0;
            whole[r] = alpha[r] > 0 ? alpha[r] : 1;
        }
        for (int c = 0; c < channels - 1; c++, pixels += WEIGH_GROUP)
            for (int r = 0; r < WEIGH_GROUP; r++)
                pixels[r] = pixels[r] / whole[r] * seen[r];
    }
}

void scale_group_put(ScaleGroup *group, int y, int end)
{
    const WeighGroupKernels *kernels = &kernels_at(cpu_level())->weigh_group;
    const ScaleAxis *columns = group->columns;
    ImageInfo info = group->out->info;
    int count = end - y < WEIGH_GROUP ? end - y : WEIGH_GROUP;
    sum_rows(group, y, count);
    const float *origin =
        group->sums - (ptrdiff_t)columns->low * info.channels * WEIGH_GROUP;
    kernels->columns(group->pixels, origin, info.channels, columns->first,
                     columns->weights, columns->taps, (size_t)info.width);
    if (image_has_alpha(info))
        divide_by_alpha(group->pixels, info.channels, info.width);
    void *rows[WEIGH_GROUP];
    for (int r = 0; r < WEIGH_GROUP; r++)
        rows[r] = image_row(group->out, y + (r < count ? r : count - 1));
    (info.depth == 8 ? kernels->scatter_u8 : kernels->scatter_u16)(
        rows, group->pixels, (size_t)info.width * (size_t)info.channels);
}
