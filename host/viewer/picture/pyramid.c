#include "viewer/picture/pyramid.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"
#include "image/disk_image.h"
#include "pipe/convert/halve_image.h"

enum {
    LEVELS = PYRAMID_LEVELS,
    COPY_BYTES = 8 << 20 /* of a disk image that are touched at a time */
};

struct Pyramid {
    /* immutable after new */
    ImageInfo info; /* at full size */
    bool rough;
    int first; /* the levels before it are missing */
    /* atomic */
    atomic_int refs;
    pthread_mutex_t lock;
    /* guarded by lock */
    Image *levels[LEVELS]; /* 0: the image itself, or the reduced one; references */
    int count;             /* 1 and up */
    Image *spares[LEVELS]; /* memory for levels to come */
};

static Pyramid *make(ImageInfo info, Image *first, bool rough)
{
    Pyramid *pyramid = mem_new(1, sizeof *pyramid);
    pyramid->info = info;
    pyramid->rough = rough;
    pyramid->levels[0] = image_ref(first);
    pyramid->count = 1;
    atomic_init(&pyramid->refs, 1);
    pthread_mutex_init(&pyramid->lock, NULL);
    return pyramid;
}

Pyramid *pyramid_new(Image *image)
{
    return make(image->info, image, false);
}

Pyramid *pyramid_new_rough(int width, int height, Image *reduced)
{
    ImageInfo info = reduced->info;
    info.width = width;
    info.height = height;
    return make(info, reduced, true);
}

Pyramid *pyramid_ref(Pyramid *pyramid)
{
    atomic_fetch_add_explicit(&pyramid->refs, 1, memory_order_relaxed);
    return pyramid;
}

Pyramid *pyramid_new_levels(Image *const *levels, int count)
{
    Pyramid *pyramid = pyramid_new(levels[0]);
    REQUIRE(count <= LEVELS);
    for (; pyramid->count < count; pyramid->count++)
        pyramid->levels[pyramid->count] = image_ref(levels[pyramid->count]);
    return pyramid;
}

static void take_spares(Pyramid *pyramid, Pyramid **spare)
{
    Pyramid *old = *spare;
    for (int i = pyramid->first + 1; old && i < LEVELS; i++) {
        Image **from = i < old->count ? &old->levels[i] : &old->spares[i];
        pyramid->spares[i] = *from;
        *from = NULL;
    }
    pyramid_unref(spare);
}

Pyramid *pyramid_new_in(ImageInfo full, Image *image, int halvings, Pyramid **spare)
{
    Pyramid *pyramid = make(full, image, false);
    pyramid->levels[0] = NULL;
    pyramid->levels[halvings] = image;
    pyramid->first = halvings;
    pyramid->count = halvings + 1;
    take_spares(pyramid, spare);
    return pyramid;
}

Pyramid *pyramid_strip(Pyramid **pyramid)
{
    Pyramid *stripped = *pyramid;
    *pyramid = NULL;
    image_unref(&stripped->levels[stripped->first]);
    return stripped;
}

Image *pyramid_take_image(Pyramid *pyramid, int halvings)
{
    Image *image = pyramid->levels[halvings];
    if (!image || image_is_shared(image))
        return NULL;
    pyramid->levels[halvings] = NULL;
    return image;
}

static int longer_side(ImageInfo info)
{
    return info.width > info.height ? info.width : info.height;
}

Pyramid *pyramid_new_roughly(Pyramid *full, int least)
{
    int level = full->count - 1;
    while (level > 0 && longer_side(full->levels[level]->info) < least)
        level--;
    if (level == 0 || full->rough || full->first)
        return NULL;
    Image *image = full->levels[level];
    meta_unref(&image->meta);
    image->meta = meta_ref(full->levels[0]->meta);
    return pyramid_new_rough(full->info.width, full->info.height, image);
}

void pyramid_unref(Pyramid **pyramid)
{
    Pyramid *old = *pyramid;
    *pyramid = NULL;
    if (!old || atomic_fetch_sub_explicit(&old->refs, 1, memory_order_acq_rel) > 1)
        return;
    for (int i = 0; i < LEVELS; i++) {
        image_unref(&old->levels[i]);
        image_unref(&old->spares[i]);
    }
    pthread_mutex_destroy(&old->lock);
    mem_free(old);
}

bool pyramid_is_shared(const Pyramid *pyramid)
{
    return atomic_load_explicit(&pyramid->refs, memory_order_acquire) > 1;
}

ImageInfo pyramid_info(const Pyramid *pyramid)
{
    return pyramid->info;
}

Image *pyramid_image(const Pyramid *pyramid)
{
    return pyramid->rough ? NULL : pyramid->levels[0];
}

Image *pyramid_largest(const Pyramid *pyramid)
{
    return pyramid->levels[pyramid->first];
}

/* Level `wanted`, or the smallest that there is; borrowed. */
static Image *level_at(Pyramid *pyramid, int wanted, int *found)
{
    pthread_mutex_lock(&pyramid->lock);
    *found = wanted < pyramid->count ? wanted : pyramid->count - 1;
    Image *image = pyramid->levels[*found];
    pthread_mutex_unlock(&pyramid->lock);
    return image;
}

static Image *take_spare(Pyramid *pyramid, int level)
{
    pthread_mutex_lock(&pyramid->lock);
    Image *spare = pyramid->spares[level];
    pyramid->spares[level] = NULL;
    pthread_mutex_unlock(&pyramid->lock);
    return spare;
}

/* Another thread may have made the same level meanwhile: the first one stays. */
static void keep_level(Pyramid *pyramid, int level, Image *image)
{
    pthread_mutex_lock(&pyramid->lock);
    bool next = level == pyramid->count;
    if (next)
        pyramid->levels[pyramid->count++] = image;
    pthread_mutex_unlock(&pyramid->lock);
    if (!next)
        image_unref(&image);
}

/* Level `wanted`; borrowed. */
static Image *grow(Pyramid *pyramid, int wanted, Pool *pool, Cancel *cancel, Err *err)
{
    int found;
    Image *image = level_at(pyramid, wanted, &found);
    while (found < wanted) {
        Image *spare = take_spare(pyramid, found + 1);
        Image *half = halve_image(image, &spare, pool, cancel, err);
        if (!half)
            return NULL;
        keep_level(pyramid, found + 1, half);
        image = level_at(pyramid, wanted, &found);
    }
    return image;
}

int pyramid_first(const Pyramid *pyramid)
{
    return pyramid->first;
}

/* Halve while at least one and a half times the view's pixels are left: the last
 * scaling step removes the frequencies that halving blurs or aliases. */
int pyramid_halvings(ScaleArea area, int out_width, int out_height)
{
    int level = 0;
    while (level + 1 < LEVELS && area.width >= 3.0 * out_width &&
           area.height >= 3.0 * out_height) {
        area.width /= 2;
        area.height /= 2;
        level++;
    }
    return level;
}

/* `area` in the pixels of a level that is smaller by `across` and `down`. The level's
 * last column may stand for less than a whole one: the division is exact, and fmin
 * keeps a rounded size inside. */
static ScaleArea on_level(ScaleArea area, double across, double down, ImageInfo info)
{
    ScaleArea scaled = {area.x / across, area.y / down, area.width / across,
                        area.height / down};
    scaled.width = fmin(scaled.width, info.width - scaled.x);
    scaled.height = fmin(scaled.height, info.height - scaled.y);
    return scaled;
}

/* The area in the pixels of the reduced image. */
static ScaleArea on_reduced(const Pyramid *pyramid, ScaleArea area)
{
    ImageInfo full = pyramid->info, reduced = pyramid->levels[0]->info;
    return on_level(area, (double)full.width / reduced.width,
                    (double)full.height / reduced.height, reduced);
}

/* The cubic filter reaches two of its steps beyond the area. */
static void reach(double from, double size, int out, int limit, int *start, int *length)
{
    double beyond = 2 * fmax(size / out, 1) + 2;
    int begin = (int)fmax(floor(from - beyond), 0);
    int end = (int)fmin(ceil(from + size + beyond), limit);
    *start = begin;
    *length = end - begin;
}

/* `area` is one of the level. */
static PyramidPart part_of_level(ImageInfo level, ScaleArea area, int out_width,
                                 int out_height)
{
    PyramidPart part;
    reach(area.x, area.width, out_width, level.width, &part.x, &part.width);
    reach(area.y, area.height, out_height, level.height, &part.y, &part.height);
    return part;
}

PyramidPart pyramid_part(ImageInfo full, ScaleArea area, int out_width, int out_height)
{
    int level = pyramid_halvings(area, out_width, out_height);
    for (int i = 0; i < level; i++)
        full = halve_image_info(full);
    area = on_level(area, ldexp(1, level), ldexp(1, level), full);
    return part_of_level(full, area, out_width, out_height);
}

static void copy_rows(const Image *image, PyramidPart part, Image *out)
{
    size_t pixel = (size_t)image->info.channels * (size_t)image->info.depth / 8;
    int step = (int)(COPY_BYTES / image->stride) + 1;
    for (int y = 0; y < part.height; y++) {
        memcpy(image_row(out, y), image_row(image, part.y + y) + (size_t)part.x * pixel,
               (size_t)part.width * pixel);
        if (y % step == step - 1 || y == part.height - 1)
            disk_image_forget(image, part.y + y - y % step, step);
    }
}

/* Of a disk image only what the view reads comes into memory, a little at a time: what
 * is touched counts as memory until it is forgotten. */
static Image *view_disk(const Image *image, ScaleArea area, int out_width,
                        int out_height, Pool *pool, Cancel *cancel, Err *err)
{
    ImageInfo info = image->info;
    PyramidPart part = part_of_level(info, area, out_width, out_height);
    info.width = part.width;
    info.height = part.height;
    Image *copy = image_new(info, err);
    if (!copy)
        return NULL;
    copy_rows(image, part, copy);
    area.x -= part.x;
    area.y -= part.y;
    Image *out = scale_area(copy, area, out_width, out_height, pool, cancel, err);
    image_unref(&copy);
    return out;
}

Image *pyramid_view(Pyramid *pyramid, ScaleArea area, int out_width, int out_height,
                    Pool *pool, Cancel *cancel, Err *err)
{
    if (pyramid->rough)
        area = on_reduced(pyramid, area);
    int level = pyramid_halvings(area, out_width, out_height);
    REQUIRE(level >= pyramid->first);
    double size = ldexp(1, level);
    Image *image = grow(pyramid, level, pool, cancel, err);
    if (!image)
        return NULL;
    area = on_level(area, size, size, image->info);
    return (disk_image_is(image) ? view_disk : scale_area)(
        image, area, out_width, out_height, pool, cancel, err);
}
