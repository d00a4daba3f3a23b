#include "viewer/load/picture_bands.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "image/disk_image.h"
#include "image/orient.h"
#include "pipe/convert/halve_image.h"

/* Of rows decoded at a time; into files each is as much memory at most. One that can be
 * put off is read in a millisecond or two. */
enum { BAND_BYTES = 8 << 20, SMALL_BAND_BYTES = 1 << 20 };
/* A smaller size is held in memory, if it takes no more than an eighth of it. */
enum { MEMORY_BYTES = 16 << 20 };
/* A decoder that goes row by row takes it, however small the cache is. */
enum { DECODER_BYTES = 4 << 20 };
/* What is shown meanwhile: so many times, and pixels of the longer side at least. */
enum { PARTS = 8, PART_LEAST = 1000 };

typedef struct Sizes {
    Image *levels[PYRAMID_LEVELS]; /* owned */
    int ready[PYRAMID_LEVELS];     /* their finished rows */
    int count;
} Sizes;

static void sizes_term(Sizes *sizes)
{
    for (int i = 0; i < sizes->count; i++)
        image_unref(&sizes->levels[i]);
}

/* Memory that has been used is there: the first touch of each page of new memory takes
 * longer than to decode into it. */
static Image *make_level(ImageInfo info, int level, const BandReading *how, Err *err)
{
    size_t bytes = image_memory(info);
    bool large = bytes > MEMORY_BYTES || bytes > how->memory / 8;
    if (how->disk && large)
        return disk_image_new(info, err);
    Image *spare = how->spare ? pyramid_take_image(how->spare, level) : NULL;
    return image_reuse(&spare, info, err);
}

static bool sizes_init(Sizes *sizes, ImageInfo info, const BandReading *how, Err *err)
{
    *sizes = (Sizes){0};
    for (;; info = halve_image_info(info)) {
        Image *level = make_level(info, sizes->count, how, err);
        if (!level)
            return false;
        sizes->levels[sizes->count++] = level;
        if (sizes->count == PYRAMID_LEVELS || info.width <= PYRAMID_SMALLEST ||
            info.height <= PYRAMID_SMALLEST)
            return true;
    }
}

/* Rows that can be made from those of the level before. */
static int rows_for(const Sizes *sizes, int level)
{
    int above = sizes->ready[level - 1];
    bool all = above == sizes->levels[level - 1]->info.height;
    return all ? sizes->levels[level]->info.height : above / 2;
}

static bool halve_band(Sizes *sizes, Pool *pool, Cancel *cancel)
{
    for (int i = 1; i < sizes->count; i++) {
        int from = sizes->ready[i], count = rows_for(sizes, i) - from;
        if (!halve_image_rows(sizes->levels[i - 1], sizes->levels[i], from, count, pool,
                              cancel))
            return false;
        sizes->ready[i] += count;
        disk_image_forget(sizes->levels[i - 1], 2 * from, 2 * count);
    }
    return true;
}

/* A turned picture is gone through once for each band: there are few, in memory one. */
static int band_rows(const Reader *reader, size_t stride, const BandReading *how)
{
    bool turned = !orient_streams(reader_orientation(reader));
    uint64_t limit = how->pause ? SMALL_BAND_BYTES : BAND_BYTES;
    uint64_t most = how->disk ? how->memory / (turned ? 4 : 8) : UINT64_MAX;
    if (!turned && most > limit)
        most = limit;
    uint64_t rows = most / stride + 1;
    return rows < INT_MAX ? (int)rows : INT_MAX;
}

/* The smallest size that fills a window. */
static int level_to_show(const Sizes *sizes)
{
    int level = 0;
    while (level + 1 < sizes->count &&
           (sizes->levels[level + 1]->info.width >= PART_LEAST ||
            sizes->levels[level + 1]->info.height >= PART_LEAST))
        level++;
    return level;
}

/* A copy, because the sizes are still being written. */
static Image *copy_part(const Sizes *sizes, int level)
{
    const Image *from = sizes->levels[level];
    Image *copy = image_new(from->info, NULL);
    size_t bytes = image_row_bytes(from->info);
    for (int y = 0; copy && y < from->info.height; y++) {
        if (y < sizes->ready[level])
            memcpy(image_row(copy, y), image_row(from, y), bytes);
        else
            memset(image_row(copy, y), 0, bytes);
    }
    return copy;
}

static void show_part(const Sizes *sizes, const Reader *reader, const BandReading *how)
{
    Image *part = copy_part(sizes, level_to_show(sizes));
    ImageInfo full = sizes->levels[0]->info;
    if (!part)
        return;
    part->meta = meta_ref(reader_meta(reader));
    how->take(how->context, pyramid_new_rough(full.width, full.height, part));
    image_unref(&part);
}

/* Do rows (from, to] end one of the parts but the last? */
static bool ends_part(int from, int to, int height)
{
    int64_t before = (int64_t)from * PARTS / height, now = (int64_t)to * PARTS / height;
    return now > before && to < height;
}

static bool read_band(Sizes *sizes, Reader *reader, int rows, const BandReading *how,
                      Err *err)
{
    Image *image = sizes->levels[0];
    int y = sizes->ready[0], height = image->info.height;
    if (!reader_read(reader, image_row(image, y), image->stride, rows, err))
        return false;
    sizes->ready[0] += rows;
    if (!halve_band(sizes, how->pool, how->cancel))
        return err_set(err, ERR_CANCELLED, "interrupted");
    if (how->done)
        atomic_store(how->done, (int)(1000.0 * sizes->ready[0] / height));
    if (how->disk && how->take && ends_part(y, y + rows, height))
        show_part(sizes, reader, how);
    return true;
}

static bool read_bands(Sizes *sizes, Reader *reader, const BandReading *how, Err *err)
{
    int height = sizes->levels[0]->info.height;
    int most = band_rows(reader, sizes->levels[0]->stride, how);
    while (sizes->ready[0] < height) {
        int left = height - sizes->ready[0];
        if (how->pause)
            how->pause(how->context);
        if (!read_band(sizes, reader, left < most ? left : most, how, err))
            return false;
    }
    return true;
}

static bool use_disk(Reader *reader, const char *path, uint64_t memory, Err *err)
{
    reader_use_disk(reader);
    uint64_t needed = reader_memory(reader);
    return needed <= memory || needed <= DECODER_BYTES ||
           err_set(err, ERR_FILE,
                   "%s: reading it takes %.0f MB of memory, because it cannot be read "
                   "row by row; raise --cache",
                   path, ceil((double)needed / 1e6));
}

Pyramid *picture_bands_read(Reader *reader, const char *path, const BandReading *how,
                            Err *err)
{
    Sizes sizes = {0};
    Pyramid *pyramid = NULL;
    if (how->disk && !use_disk(reader, path, how->memory, err))
        return NULL;
    if (!sizes_init(&sizes, reader_info(reader), how, err))
        err_in(err, path);
    else if (read_bands(&sizes, reader, how, err)) {
        sizes.levels[0]->meta = meta_ref(reader_meta(reader));
        pyramid = pyramid_new_levels(sizes.levels, sizes.count);
    }
    sizes_term(&sizes);
    return pyramid;
}
